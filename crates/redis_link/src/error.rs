//! What went wrong with Redis, in words that may be shown.

use redis::ErrorKind;
use thiserror::Error;

/// What went wrong with Redis, in words that may be shown: a server's own sentence may quote what it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct RedisError(pub String);

impl RedisError {
    /// It took too long.
    pub fn no_answer() -> Self {
        Self("Redis does not answer".to_owned())
    }

    /// It let go of the connection.
    pub fn hung_up() -> Self {
        Self("Redis has closed the connection".to_owned())
    }
}

impl From<redis::RedisError> for RedisError {
    fn from(error: redis::RedisError) -> Self {
        if error.is_timeout() {
            return Self::no_answer();
        }
        // What this side finds out by itself, such as a certificate that it does not believe, quotes nobody.
        if error.is_io_error() || error.kind() == ErrorKind::Client {
            return Self(format!("Redis cannot be reached: {error}"));
        }
        Self(match error.code() {
            Some(code) => format!("Redis refuses: {} ({code})", error.category()),
            None => format!("Redis refuses: {}", error.category()),
        })
    }
}
