//! Looks whether a request was answered before.

use crate::{AnswerRepository, IdempotencyError, Recollection, Request};
use kernel::Instant;

/// What is known of a request.
///
/// # Errors
/// `OtherRequest` when its key was used with another body, `Store`.
pub fn recall_answer<R>(repo: &mut R, request: &Request, now: Instant) -> Result<Recollection, IdempotencyError>
where
    R: AnswerRepository + ?Sized,
{
    match repo.find_answer(&request.id)? {
        None => Ok(Recollection::Nothing),
        Some(kept) if kept.is_expired(now) => Ok(Recollection::Expired),
        Some(kept) if kept.fingerprint == request.fingerprint => Ok(Recollection::Answer(kept.answer)),
        Some(_) => Err(IdempotencyError::OtherRequest),
    }
}
