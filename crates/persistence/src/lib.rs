#![doc = include_str!("../README.md")]

mod memory;
mod sql;

// Named for the C libraries that they build in.
use {libsqlite3_sys as _, openssl_sys as _, pq_sys as _};

pub use memory::MemoryStore;
pub use sql::{BadDatabaseUrl, DatabaseUrl, OpenError, PoolOptions, SqlStore};

/// The workspace's README: its example must run too, and this crate knows all that it uses.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct WorkspaceReadme;
