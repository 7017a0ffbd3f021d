//! How a node takes part.

use kernel::Uuid;
use redis_link::RedisUrl;

/// How a node takes part.
#[derive(Debug, Clone)]
pub struct RedisSettings {
    /// Where Redis is.
    pub url: RedisUrl,
    /// What the names of all things of this deployment begin with: pub/sub does not know numbered databases.
    pub prefix: String,
    /// This process. Every start MUST bring another one.
    pub node: Uuid,
}

impl RedisSettings {
    /// The channel that all nodes listen to.
    pub(super) fn channel(&self) -> String {
        format!("{}events", self.prefix)
    }
}
