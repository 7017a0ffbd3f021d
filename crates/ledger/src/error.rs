//! What the ledger refuses.

use crate::FaultyRows;
use kernel::{Failure, FieldErrors, Kind, PeriodError, StoreError};
use thiserror::Error;

/// A refusal of the ledger.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// Fields that break a rule.
    #[error(transparent)]
    Fields(#[from] FieldErrors),
    /// An amount of zero or less.
    #[error("the amount is not more than zero")]
    AmountNotPositive,
    /// There is no such entry, or it is somebody else's: the two look alike.
    #[error("no such entry of the caller")]
    NotYours,
    /// A filter that cannot be read.
    #[error(transparent)]
    Filter(#[from] PeriodError),
    /// Rows of a file that break a rule.
    #[error("{} faulty rows", .0.rows.len())]
    Rows(FaultyRows),
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Failure for LedgerError {
    fn kind(&self) -> Kind {
        match self {
            Self::Fields(_) | Self::AmountNotPositive | Self::Filter(_) | Self::Rows(_) => Kind::Invalid,
            Self::NotYours => Kind::Forbidden,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "ledger.fields",
            Self::AmountNotPositive => "ledger.amount_not_positive",
            Self::NotYours => "ledger.not_yours",
            Self::Filter(_) => "ledger.unreadable_filter",
            Self::Rows(_) => "ledger.faulty_rows",
            Self::Store(error) => error.code(),
        }
    }

    fn retryable(&self) -> bool {
        matches!(self, Self::Store(error) if error.retryable())
    }

    fn field_errors(&self) -> Option<&FieldErrors> {
        match self {
            Self::Fields(errors) => Some(errors),
            _ => None,
        }
    }
}
