//! How much the connections of a store have to do.

use std::time::Duration;

/// How much a pool of connections has to do, and has had to do since it was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PoolLoad {
    /// Which pool: `all` on PostgreSQL, `readers` and `writers` on SQLite.
    pub name: &'static str,
    /// The most connections that it opens.
    pub max: u32,
    /// Connections in use.
    pub busy: u32,
    /// Connections that are open and wait for use.
    pub idle: u32,
    /// Callers that wait for a connection.
    pub waiting: u64,
    /// How often a caller got one.
    pub taken: u64,
    /// How often a caller waited in vain.
    pub timeouts: u64,
    /// How long all of them together have waited.
    pub waited: Duration,
}
