//! What holds for an operation, beside its path and its handler.

use crate::access::Access;
use crate::limits::{Limits, RequestLimits};
use crate::words::Words;
use actix_web::http::Method;

/// What a plain read takes of the client's budgets.
const READ: u32 = 1;
/// What a plain change takes.
const WRITE: u32 = 2;

/// What hashing a password takes.
const HASHING: u32 = 5;

/// Which body an operation takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyKind {
    /// None; what is sent is not looked at.
    Ignored,
    /// Fields: JSON, a form, or multipart without files.
    Fields,
    /// Fields, with files among them when they come as multipart.
    FieldsAndFiles,
    /// A file, alone or in a multipart body.
    File,
    /// Bytes as they were sent, such as those of a signed webhook.
    Bytes,
}

/// What holds for an operation: who may, what it costs, which body, which headers. Stated once, where its endpoint is.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// Who may.
    pub access: Access,
    /// Which body it takes.
    pub body: BodyKind,
    /// Whether it is done once for each `Idempotency-Key`.
    pub is_repeatable: bool,
    /// Whether `If-Match` and `If-None-Match` guard the change.
    pub is_guarded: bool,
    /// Whether `If-None-Match` spares the client what it has already.
    pub is_cacheable: bool,
    /// The operation, beside those on the path above, whose answers lead here; by its identifier in the description.
    pub linked_from: Option<&'static str>,
    cost: Option<u32>,
    limits: fn(&Limits) -> RequestLimits,
}

impl From<Access> for Policy {
    fn from(access: Access) -> Self {
        Self::of(access)
    }
}

impl Policy {
    /// An operation for these callers, with nothing special.
    pub fn of(access: Access) -> Self {
        Self {
            access,
            body: BodyKind::Ignored,
            is_repeatable: false,
            is_guarded: false,
            is_cacheable: false,
            linked_from: None,
            cost: None,
            limits: Limits::plain,
        }
    }

    /// It takes fields.
    #[must_use]
    pub fn fields(self) -> Self {
        Self { body: BodyKind::Fields, ..self }
    }

    /// It takes fields and files, as large and as slow as these limits say.
    #[must_use]
    pub fn fields_and_files(self, limits: fn(&Limits) -> RequestLimits) -> Self {
        Self { body: BodyKind::FieldsAndFiles, limits, ..self }
    }

    /// It takes a file, as large and as slow as these limits say.
    #[must_use]
    pub fn file(self, limits: fn(&Limits) -> RequestLimits) -> Self {
        Self { body: BodyKind::File, limits, ..self }
    }

    /// It takes bytes as they were sent.
    #[must_use]
    pub fn bytes(self) -> Self {
        Self { body: BodyKind::Bytes, ..self }
    }

    /// It hashes a password, which takes a thread for a good part of a second.
    #[must_use]
    pub fn hashing(self) -> Self {
        self.cost(HASHING)
    }

    /// It takes so much of the client's budgets, where its method alone would say too little.
    #[must_use]
    pub fn cost(self, cost: u32) -> Self {
        Self { cost: Some(cost), ..self }
    }

    /// It is done once for each `Idempotency-Key`.
    #[must_use]
    pub fn repeatable(self) -> Self {
        Self { is_repeatable: true, ..self }
    }

    /// `If-Match` and `If-None-Match` guard the change.
    #[must_use]
    pub fn guarded(self) -> Self {
        Self { is_guarded: true, ..self }
    }

    /// `If-None-Match` spares the client what it has already.
    #[must_use]
    pub fn cacheable(self) -> Self {
        Self { is_cacheable: true, ..self }
    }

    /// The answers of this operation lead here, too.
    #[must_use]
    pub fn linked_from(self, operation_id: &'static str) -> Self {
        Self { linked_from: Some(operation_id), ..self }
    }

    /// What a request by this method takes of its client's budgets.
    pub(crate) fn cost_by(&self, method: &Method) -> u32 {
        self.cost.unwrap_or_else(|| cost_of(method))
    }

    /// How large and how slow a request may be.
    pub(crate) fn limits(&self, limits: &Limits) -> RequestLimits {
        (self.limits)(limits)
    }
}

/// What holds for a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Matched {
    /// `None` where the path leads nowhere, or takes another method.
    pub(crate) policy: Option<Policy>,
    /// How refusals are told.
    pub(crate) words: Words,
}

impl Matched {
    /// What the request takes of its client's budgets.
    pub(crate) fn cost_by(&self, method: &Method) -> u32 {
        self.policy.map_or_else(|| cost_of(method), |policy| policy.cost_by(method))
    }
}

/// What a request takes of which nothing but its method is known.
fn cost_of(method: &Method) -> u32 {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(method) { READ } else { WRITE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_costs_more_than_reading_unless_the_operation_says_otherwise() {
        let plain = Policy::of(Access::Anyone);
        assert_eq!(plain.cost_by(&Method::GET), READ);
        assert_eq!(plain.cost_by(&Method::HEAD), READ);
        assert_eq!(plain.cost_by(&Method::DELETE), WRITE);
        assert_eq!(plain.cost(50).cost_by(&Method::POST), 50);
    }
}
