//! Begins a request, unless it was answered before.

use crate::{IdempotencyError, Recollection, Request, ResponseRepository, StoredResponse};
use kernel::Instant;

/// Reserves the place of the answer, which is to be kept in the same transaction; or gives the answer of the first time.
///
/// `known` may have been recalled in an earlier transaction: what changed since then is a lost race, after which it MUST
/// be recalled again. Looking before inserting, in the same transaction, would have requests with different keys lose
/// races against each other on PostgreSQL, because their rows are neighbours in the index.
///
/// # Errors
/// `Store`.
pub fn begin_request<R>(
    repo: &mut R,
    request: &Request,
    now: Instant,
    known: Recollection,
) -> Result<Option<StoredResponse>, IdempotencyError>
where
    R: ResponseRepository + ?Sized,
{
    match known {
        Recollection::Response(answer) => return Ok(Some(answer)),
        Recollection::Expired => repo.forget_expired_response(&request.id, now)?,
        Recollection::Nothing => {}
    }
    repo.reserve_response(request, Request::expires_at(now))?;
    Ok(None)
}
