//! Looks whether a request was answered before.

use crate::{IdempotencyError, Recollection, Request, ResponseRepository};
use kernel::Instant;

/// What is known of a request.
///
/// # Errors
/// `OtherRequest` when its key was used with another body, `Store`.
pub fn recall_response<R>(repo: &mut R, request: &Request, now: Instant) -> Result<Recollection, IdempotencyError>
where
    R: ResponseRepository + ?Sized,
{
    match repo.find_response(&request.id)? {
        None => Ok(Recollection::Nothing),
        Some(kept) if kept.is_expired(now) => Ok(Recollection::Expired),
        Some(kept) if kept.fingerprint == request.fingerprint => Ok(Recollection::Response(kept.response)),
        Some(_) => Err(IdempotencyError::OtherRequest),
    }
}
