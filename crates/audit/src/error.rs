//! What the ports of this crate refuse.

use kernel::{Failure, FieldErrors, Kind, PeriodError, StoreError};
use thiserror::Error;

/// A refusal of the login log.
#[derive(Debug, Error)]
pub enum AuditError {
    /// There is no such log, or none that the caller may see.
    #[error("no such login log")]
    LogNotFound,
    /// A correction with fields that cannot be read.
    #[error("the correction is not valid")]
    InvalidCorrection(#[source] FieldErrors),
    /// A filter that cannot be read.
    #[error(transparent)]
    Filter(#[from] PeriodError),
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Failure for AuditError {
    fn kind(&self) -> Kind {
        match self {
            Self::LogNotFound => Kind::NotFound,
            Self::InvalidCorrection(_) | Self::Filter(_) => Kind::Invalid,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::LogNotFound => "audit.log_not_found",
            Self::InvalidCorrection(_) => "audit.invalid_correction",
            Self::Filter(PeriodError::Unreadable) => "audit.unreadable_filter",
            Self::Filter(PeriodError::DatesReversed) => "audit.dates_reversed",
            Self::Filter(PeriodError::TimesReversed) => "audit.times_reversed",
            Self::Store(error) => error.code(),
        }
    }

    fn retryable(&self) -> bool {
        matches!(self, Self::Store(error) if error.retryable())
    }
}
