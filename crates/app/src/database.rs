//! Opens the database, and checks or migrates its schema.

use crate::config::{AccountsConfig, Config, Secret};
use crate::secret_key::{self, SecretKeyError};
use kernel::StoreError;
use persistence::{DatabaseUrl, OpenError, PoolOptions, SqlStore};
use std::time::Duration;

/// How long a request waits for a connection.
const CONNECTION_WAIT: Duration = Duration::from_secs(5);

/// Whether a start may migrate the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Migrations {
    /// Yes, on both engines.
    Apply,
    /// On SQLite only; on PostgreSQL only `ease migrate` may.
    ApplyOnSqlite,
}

/// An open database.
#[derive(Debug)]
pub(crate) struct Database {
    /// The store on it.
    pub(crate) store: SqlStore,
    url: DatabaseUrl,
}

impl Database {
    /// Opens the configured database; on SQLite, creates the file and its directory.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub(crate) fn open(config: &Config) -> Result<Self, OpenError> {
        let options = PoolOptions {
            size: config.storage.connections,
            wait: CONNECTION_WAIT,
            statement_timeout: config.limits.request_timeout,
        };
        let url = config.storage.database_url.clone();
        Ok(Self { store: SqlStore::open(&url, &options)?, url })
    }

    /// Opens the configured database with the newest schema.
    ///
    /// # Errors
    /// When it cannot be reached, or its schema is old and may not be migrated here.
    pub(crate) fn open_ready(
        config: &Config,
        migrations: Migrations,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let database = Self::open(config)?;
        let pending = database.store.pending_migrations()?;
        if pending.is_empty() {
            return Ok(database);
        }
        if migrations == Migrations::ApplyOnSqlite && !database.is_sqlite() {
            let count = pending.len();
            return Err(format!(
                "the database {} has {count} pending migrations; run `ease migrate` once, or start with --migrate",
                database.url
            )
            .into());
        }
        for name in database.migrate()? {
            tracing::info!(migration = name, "migrated");
        }
        Ok(database)
    }

    /// Migrates the schema, and logs what was done.
    ///
    /// # Errors
    /// When the database does not answer or a migration fails.
    pub(crate) fn migrate(&self) -> Result<Vec<String>, StoreError> {
        self.store.migrate()
    }

    /// The engine and the address, without a password.
    pub(crate) fn described(&self) -> String {
        described(&self.url)
    }

    /// The engine, as OpenTelemetry names it.
    pub(crate) fn system(&self) -> &'static str {
        if self.is_sqlite() { "sqlite" } else { "postgresql" }
    }

    fn is_sqlite(&self) -> bool {
        self.url.sqlite_path().is_some()
    }

    /// The key that signs tokens: the configured one, or the one stored beside the SQLite file.
    ///
    /// # Errors
    /// When the stored key cannot be used.
    pub(crate) fn secret_key(&self, config: &AccountsConfig) -> Result<Secret, SecretKeyError> {
        match (&config.secret_key, self.url.sqlite_path()) {
            (Some(key), _) => Ok(key.clone()),
            (None, Some(path)) => secret_key::kept_beside(path),
            // On PostgreSQL the configuration requires a key, so this one is never used.
            (None, None) => secret_key::random_key(),
        }
    }
}

/// The engine and the address of a database, without a password.
pub(crate) fn described(url: &DatabaseUrl) -> String {
    match url.sqlite_path() {
        Some(path) => format!("SQLite, {}", path.display()),
        None => format!("PostgreSQL, {url}"),
    }
}
