//! What the user table refuses.

use kernel::{Failure, Kind, StoreError};
use thiserror::Error;

/// A refusal of the user table.
#[derive(Debug, Error)]
pub enum UserError {
    /// Another user has this e-mail or user name.
    #[error("another user has this e-mail or user name")]
    Taken,
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Failure for UserError {
    fn kind(&self) -> Kind {
        match self {
            Self::Taken => Kind::Conflict,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Taken => "users.taken",
            Self::Store(error) => error.code(),
        }
    }

    fn retryable(&self) -> bool {
        matches!(self, Self::Store(error) if error.retryable())
    }
}
