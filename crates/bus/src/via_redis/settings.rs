//! The settings of a node.

use kernel::Uuid;
use redis_link::RedisUrl;

/// The settings of a node.
#[derive(Debug, Clone)]
pub struct RedisSettings {
    /// Where Redis is.
    pub url: RedisUrl,
    /// The prefix of all names of this deployment: pub/sub ignores numbered databases.
    pub prefix: String,
    /// The identifier of this process. Every start MUST use a new one.
    pub node: Uuid,
}

impl RedisSettings {
    /// The channel that all nodes listen to.
    pub(super) fn channel(&self) -> String {
        format!("{}events", self.prefix)
    }
}
