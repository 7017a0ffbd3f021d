//! Where Redis is.

use crate::Failure;
use redis::{Client, Connection, ConnectionInfo, IntoConnectionInfo, RedisError};
use std::fmt;
use std::str::FromStr;
use std::time::Duration;
use thiserror::Error;

/// The address of a Redis: `redis://[user:password@]host[:port]` or `unix:///path`. It prints nothing.
#[derive(Clone)]
pub struct RedisUrl(ConnectionInfo);

impl RedisUrl {
    /// What connects to it. Nothing is connected yet.
    ///
    /// # Errors
    /// When no client can be made for it.
    pub fn client(&self) -> Result<Client, Failure> {
        Ok(Client::open(self.0.clone())?)
    }
}

/// A connection on which everything is done: nodes run scripts, and what is set up with the connection is its password. It
/// waits no longer than `patience` for connecting, and for each answer.
///
/// # Errors
/// Why there is none.
pub fn connect(client: &Client, patience: Duration) -> Result<Connection, Failure> {
    let mut connection = client.get_connection_with_timeout(patience)?;
    connection.set_read_timeout(Some(patience))?;
    connection.set_write_timeout(Some(patience))?;
    redis::cmd("EVAL").arg("return 1").arg(0).query::<()>(&mut connection)?;
    Ok(connection)
}

impl fmt::Debug for RedisUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// An address that no Redis can have, or that this build cannot use. It does not show the address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct BadRedisUrl(String);

impl BadRedisUrl {
    fn new(error: &RedisError) -> Self {
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
