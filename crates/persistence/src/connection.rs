//! A connection to either engine as one type. Diesel's derive is confined to this module, because it makes its types public.
#![expect(unreachable_pub, reason = "the derive writes it so")]

use diesel::{PgConnection, SqliteConnection};

/// A connection to either engine.
#[derive(diesel::MultiConnection)]
pub enum SqlConnection {
    /// To PostgreSQL.
    Postgres(PgConnection),
    /// To a SQLite file.
    Sqlite(SqliteConnection),
}
