#![doc = include_str!("../README.md")]

mod audit;
mod auth;
mod categories;
mod chat;
mod connection;
mod errors;
mod idempotency;
mod ledger;
mod load;
mod migrations;
mod opener;
mod period;
mod refusals;
mod row_types;
mod store;
mod tx;
mod url;
mod users;

// Named for the C libraries that they build in.
use {libsqlite3_sys as _, openssl_sys as _, pq_sys as _};

pub use store::{OpenError, SqlStore};
pub use url::{BadDatabaseUrl, DatabaseUrl, PoolOptions};
