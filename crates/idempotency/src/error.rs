//! What this crate refuses.

use kernel::{Failure, Kind, StoreError};
use thiserror::Error;

/// A refusal of a key.
#[derive(Debug, Error)]
pub enum IdempotencyError {
    /// The key is not a string of 1 to 255 characters.
    #[error("the idempotency key is malformed")]
    MalformedKey,
    /// The key came before, with another body.
    #[error("the idempotency key was used for another request")]
    OtherRequest,
    /// The request is being worked on right now.
    #[error("a request with this idempotency key is still running")]
    StillRunning,
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Failure for IdempotencyError {
    fn kind(&self) -> Kind {
        match self {
            Self::MalformedKey => Kind::Invalid,
            Self::OtherRequest => Kind::Contradiction,
            Self::StillRunning => Kind::Conflict,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::MalformedKey => "idempotency.malformed_key",
            Self::OtherRequest => "idempotency.other_request",
            Self::StillRunning => "idempotency.still_running",
            Self::Store(error) => error.code(),
        }
    }

    fn retryable(&self) -> bool {
        matches!(self, Self::Store(error) if error.retryable())
    }
}
