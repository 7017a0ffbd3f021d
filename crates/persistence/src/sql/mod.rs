//! The store on a database: one implementation of every port for SQLite and PostgreSQL.

mod answers;
mod categories;
mod chats;
mod connection;
mod errors;
mod ledger;
mod load;
mod login_logs;
mod migrations;
mod opener;
mod period;
mod refusals;
mod row_types;
mod schema;
mod sessions;
mod store;
mod subcategories;
mod sums;
mod trail;
mod transfers;
mod tx;
mod url;
mod users;

pub use store::{OpenError, SqlStore};
pub use url::{BadDatabaseUrl, DatabaseUrl, PoolOptions};
