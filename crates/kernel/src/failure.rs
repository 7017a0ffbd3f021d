//! What can go wrong, in the few kinds that a caller can act on.

use crate::{FieldErrors, FieldFault};
use std::error::Error;
use std::fmt;

/// The kind of a failure: what its caller can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The request is wrong as it stands.
    Invalid,
    /// Nobody has shown who they are.
    Unauthenticated,
    /// The caller is known, and may not.
    Forbidden,
    /// There is no such thing, or none that the caller may see.
    NotFound,
    /// The request clashes with what is stored.
    Conflict,
    /// The request says something else than an earlier one under the same name.
    Contradiction,
    /// A service behind Ease is away; later may work.
    Unavailable,
    /// A fault of ours.
    Internal,
}

/// An error of a domain.
pub trait Failure: Error + 'static {
    /// What its caller can do about it.
    fn kind(&self) -> Kind;

    /// A stable, dotted name for machines, such as `ledger.amount_not_positive`.
    fn code(&self) -> &'static str;

    /// Whether the same work in a new transaction may succeed.
    fn retryable(&self) -> bool {
        false
    }

    /// What is wrong with the fields of a form, by name, when that is the refusal.
    fn field_errors(&self) -> Option<&FieldErrors> {
        None
    }

    /// What is wrong with one value, when the refusal does not say which field it was.
    fn faults(&self) -> &[FieldFault] {
        &[]
    }

    /// What the refusal is about, such as an e-mail address, where its sentence names it.
    fn subject(&self) -> Option<&str> {
        None
    }
}

/// What a store asks of the error that ends its work: whether to try again.
pub trait Retryable {
    /// Whether the same work in a new transaction may succeed.
    fn is_retryable(&self) -> bool;
}

impl<F: Failure> Retryable for F {
    fn is_retryable(&self) -> bool {
        self.retryable()
    }
}

/// A failure of the storage below a port. It says whether trying again may help, and nothing else to callers.
#[derive(Debug)]
pub struct StoreError {
    kind: StoreErrorKind,
    reason: Option<&'static str>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StoreErrorKind {
    /// Lost a race against another transaction.
    LostRace,
    /// The storage cannot be reached or is overloaded.
    Unavailable,
    /// The storage answered something that it should not.
    Fault,
}

impl StoreError {
    /// Another transaction was faster; the same work may succeed in a new one.
    pub fn lost_race(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(StoreErrorKind::LostRace, source)
    }

    /// The storage cannot be reached, or is too busy.
    pub fn unavailable(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(StoreErrorKind::Unavailable, source)
    }

    /// The storage did something that it should not: a fault of ours or of its.
    pub fn fault(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(StoreErrorKind::Fault, source)
    }

    /// The same error with a few words on why, for whoever watches the server: what a stranger may read too.
    #[must_use]
    pub fn because(self, reason: &'static str) -> Self {
        Self { reason: Some(reason), ..self }
    }

    /// Why, in a few words that a stranger may read, where they are known.
    pub fn reason(&self) -> Option<&'static str> {
        self.reason
    }

    /// Whether the storage cannot do its work for now, whoever asks.
    pub fn is_outage(&self) -> bool {
        self.kind == StoreErrorKind::Unavailable
    }

    fn new(kind: StoreErrorKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind, reason: None, source: Some(source.into()) }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            StoreErrorKind::LostRace => "another transaction was faster",
            StoreErrorKind::Unavailable => "the storage is not available",
            StoreErrorKind::Fault => "the storage failed",
        })
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.source {
            Some(source) => Some(source.as_ref()),
            None => None,
        }
    }
}

impl Failure for StoreError {
    fn kind(&self) -> Kind {
        match self.kind {
            StoreErrorKind::LostRace | StoreErrorKind::Unavailable => Kind::Unavailable,
            StoreErrorKind::Fault => Kind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self.kind {
            StoreErrorKind::LostRace => "store.lost_race",
            StoreErrorKind::Unavailable => "store.unavailable",
            StoreErrorKind::Fault => "store.fault",
        }
    }

    fn retryable(&self) -> bool {
        self.kind == StoreErrorKind::LostRace
    }
}
