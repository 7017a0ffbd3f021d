//! The load of a store's connections.

use std::time::Duration;

/// The load of a connection pool, and its counters since it was created.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PoolLoad {
    /// Which pool: `all` on PostgreSQL, `readers` and `writers` on SQLite.
    pub name: &'static str,
    /// The most connections that it opens.
    pub max: u32,
    /// Connections in use.
    pub busy: u32,
    /// Connections that are idle.
    pub idle: u32,
    /// Callers that wait for a connection.
    pub waiting: u64,
    /// How often a caller got one.
    pub taken: u64,
    /// How often a caller waited and got none.
    pub timeouts: u64,
    /// How long all callers together have waited.
    pub waited: Duration,
}
