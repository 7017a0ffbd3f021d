//! What went wrong with Redis, in words that may be shown.

use deadpool_redis::PoolError;
use deadpool_redis::redis::RedisError;

/// What went wrong with Redis, in words that may be shown: a server's own sentence may quote what it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure(pub(super) String);

impl Failure {
    /// It took too long.
    pub(super) fn no_answer() -> Self {
        Self("Redis does not answer".to_owned())
    }

    /// It let go of the connection.
    pub(super) fn hung_up() -> Self {
        Self("Redis has closed the connection".to_owned())
    }
}

impl From<RedisError> for Failure {
    fn from(error: RedisError) -> Self {
        if error.is_timeout() {
            return Self::no_answer();
        }
        if error.is_io_error() {
            return Self(format!("Redis cannot be reached: {error}"));
        }
        Self(match error.code() {
            Some(code) => format!("Redis refuses: {} ({code})", error.category()),
            None => format!("Redis refuses: {}", error.category()),
        })
    }
}

impl From<PoolError> for Failure {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => error.into(),
            PoolError::Timeout(_) => Self::no_answer(),
            PoolError::Closed | PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_) => {
                Self("no connection can be made".to_owned())
            }
        }
    }
}
