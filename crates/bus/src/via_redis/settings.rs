//! Where Redis is, and under which names it is used.

use deadpool_redis::redis::{ConnectionInfo, IntoConnectionInfo, RedisError};
use kernel::Uuid;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

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

/// The address of a Redis: `redis://[user:password@]host[:port]` or `unix:///path`. It prints nothing.
#[derive(Clone)]
pub struct RedisUrl(ConnectionInfo);

impl RedisUrl {
    /// What the client needs to connect.
    pub(super) fn connection_info(&self) -> ConnectionInfo {
        self.0.clone()
    }
}

impl fmt::Debug for RedisUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// An address that no Redis can have, or that this build cannot use. It does not show the address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct BadRedisUrl(pub(super) String);

impl BadRedisUrl {
    pub(super) fn new(error: &RedisError) -> Self {
        Self(error.category().to_owned())
    }
}

impl FromStr for RedisUrl {
    type Err = BadRedisUrl;

    fn from_str(text: &str) -> Result<Self, BadRedisUrl> {
        let text = text.trim();
        if text.starts_with("rediss:") {
            let why = "this build speaks to Redis without TLS; use a private network or a tunnel";
            return Err(BadRedisUrl(why.to_owned()));
        }
        text.into_connection_info().map(Self).map_err(|error| BadRedisUrl::new(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_never_shown() {
        for text in ["redis://localhost", "redis://:hidden@cache:6380/0", "unix:///run/redis.sock"] {
            let url: RedisUrl = text.parse().unwrap();
            assert_eq!(format!("{url:?}"), "(secret)");
        }
        for text in ["", "hidden", "http://hidden", "rediss://:hidden@cache"] {
            let told = text.parse::<RedisUrl>().unwrap_err().to_string();
            assert!(!told.is_empty() && !told.contains("hidden"), "{told}");
        }
    }
}
