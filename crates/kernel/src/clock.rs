//! Where time and identity come from: both are handed in, so that every rule can be tested.

use crate::Instant;
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The current instant, UTC, in whole microseconds.
    fn now(&self) -> Instant;
}

/// Makes identifiers that nobody can guess.
pub trait IdSource: Send + Sync {
    /// A new random identifier, version 4 as the wire contract promises.
    fn uuid(&self) -> Uuid;
}
