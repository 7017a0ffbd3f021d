//! What this crate asks of a store. Every method works inside one open transaction.

use crate::{Kept, Request, RequestId, StoredResponse};
use kernel::{Instant, StoreError, UserId};

/// The answers to requests that their clients named.
pub trait ResponseRepository {
    /// What is kept of a request, expired or not. An answer that is reserved and not kept yet MUST NOT be found.
    fn find_response(&mut self, id: &RequestId) -> Result<Option<Kept>, StoreError>;

    /// Reserves the place of an answer. If there is one under this id, expired or not, it is a lost race; if another
    /// transaction has reserved it, this one MUST wait until that one has ended. An owner that is gone is a lost race too.
    fn reserve_response(&mut self, request: &Request, expires_at: Instant) -> Result<(), StoreError>;

    /// Keeps an answer in the place that this transaction has reserved.
    fn keep_response(&mut self, id: &RequestId, answer: &StoredResponse) -> Result<(), StoreError>;

    /// Removes an answer if it expired at `now` or before; any other MUST stay.
    fn forget_expired_response(&mut self, id: &RequestId, now: Instant) -> Result<(), StoreError>;

    /// Removes every answer to this owner.
    fn delete_responses_of(&mut self, owner: UserId) -> Result<(), StoreError>;

    /// Removes at most `limit` answers that expired at `now` or before, and says how many.
    fn purge_responses(&mut self, now: Instant, limit: u32) -> Result<u32, StoreError>;
}
