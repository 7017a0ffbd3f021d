//! The migrations, built into the program.

use crate::connection::SqlConnection;
use crate::errors::store_error;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use kernel::StoreError;
use std::collections::HashSet;

const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

diesel::table! {
    __diesel_schema_migrations (version) {
        version -> Text,
    }
}

/// Runs pending migrations, and returns their names. Closes the connection.
pub(super) fn run(connection: SqlConnection) -> Result<Vec<String>, StoreError> {
    match connection {
        SqlConnection::Postgres(mut connection) => {
            // Held until the connection is closed; the number is any, as long as every node has the same.
            diesel::sql_query("SELECT pg_advisory_lock(7236745610237)")
                .execute(&mut connection)
                .map_err(store_error)?;
            let applied = connection.run_pending_migrations(POSTGRES).map_err(StoreError::fault)?;
            Ok(named(&applied))
        }
        SqlConnection::Sqlite(mut connection) => {
            AnsiTransactionManager::begin_transaction_sql(&mut connection, "BEGIN IMMEDIATE").map_err(store_error)?;
            let applied = connection.run_pending_migrations(SQLITE).map_err(StoreError::fault)?;
            let applied = named(&applied);
            AnsiTransactionManager::commit_transaction(&mut connection).map_err(store_error)?;
            Ok(applied)
        }
    }
}

fn named(versions: &[MigrationVersion<'_>]) -> Vec<String> {
    versions.iter().map(ToString::to_string).collect()
}

/// The pending migrations. Changes nothing, not even an empty database.
pub(super) fn pending(connection: &mut SqlConnection) -> QueryResult<Vec<String>> {
    let (was_migrated, all) = match connection {
        SqlConnection::Postgres(_) => {
            ("to_regclass('__diesel_schema_migrations') IS NOT NULL", versions::<Pg>(&POSTGRES)?)
        }
        SqlConnection::Sqlite(_) => (
            "EXISTS (SELECT 1 FROM sqlite_master WHERE name = '__diesel_schema_migrations')",
            versions::<Sqlite>(&SQLITE)?,
        ),
    };
    if !diesel::select(diesel::dsl::sql::<Bool>(was_migrated)).get_result::<bool>(connection)? {
        return Ok(all);
    }
    let seen = __diesel_schema_migrations::table
        .select(__diesel_schema_migrations::version)
        .load::<String>(connection)?
        .into_iter()
        .collect::<HashSet<_>>();
    Ok(all.into_iter().filter(|version| !seen.contains(version)).collect())
}

/// Writes rows without changing them, to test whether the database accepts writes.
pub(super) fn touch(connection: &mut SqlConnection) -> QueryResult<usize> {
    diesel::update(__diesel_schema_migrations::table)
        .set(__diesel_schema_migrations::version.eq(__diesel_schema_migrations::version))
        .execute(connection)
}

/// All versions that are built in, oldest first.
fn versions<DB: diesel::backend::Backend>(source: &EmbeddedMigrations) -> QueryResult<Vec<String>>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    let migrations: Vec<Box<dyn Migration<DB>>> =
        source.migrations().map_err(diesel::result::Error::QueryBuilderError)?;
    let mut versions = migrations.iter().map(|migration| migration.name().version().to_string()).collect::<Vec<_>>();
    versions.sort_unstable();
    Ok(versions)
}
