#![doc = include_str!("../README.md")]

mod sql;

// Named for the C libraries that they build in.
use {libsqlite3_sys as _, openssl_sys as _, pq_sys as _};

pub use sql::{BadDatabaseUrl, DatabaseUrl, OpenError, PoolOptions, SqlStore};
