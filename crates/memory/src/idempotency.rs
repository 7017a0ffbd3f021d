//! Responses to requests that their clients named, in memory.

use crate::checks::{count, length, require, require_absent};
use crate::state::{ResponseRow, State};
use idempotency::{Kept, Request, RequestId, ResponseRepository, StoredResponse};
use kernel::{Instant, StoreError, UserId};
use std::sync::Arc;

impl ResponseRepository for State {
    fn find_response(&mut self, id: &RequestId) -> Result<Option<Kept>, StoreError> {
        let kept = self.responses.rows.get(id).and_then(|row| {
            let answer = row.answer.clone()?;
            Some(Kept { fingerprint: row.fingerprint.clone(), expires_at: row.expires_at, response: answer })
        });
        Ok(kept)
    }

    fn reserve_response(&mut self, request: &Request, expires_at: Instant) -> Result<(), StoreError> {
        require(request.owner.is_none_or(|owner| self.users.contains(owner)), "owner of the answer")?;
        require_absent(self.responses.rows.contains_key(&request.id), "answer")?;
        let (owner, fingerprint) = (request.owner, request.fingerprint.clone());
        let row = ResponseRow { owner, fingerprint, expires_at, answer: None };
        Arc::make_mut(&mut self.responses).rows.insert(request.id.clone(), row);
        Ok(())
    }

    fn keep_response(&mut self, id: &RequestId, answer: &StoredResponse) -> Result<(), StoreError> {
        if let Some(row) = Arc::make_mut(&mut self.responses).rows.get_mut(id) {
            row.answer = Some(answer.clone());
        }
        Ok(())
    }

    fn forget_expired_response(&mut self, id: &RequestId, now: Instant) -> Result<(), StoreError> {
        if self.responses.rows.get(id).is_some_and(|row| row.expires_at <= now) {
            Arc::make_mut(&mut self.responses).rows.remove(id);
        }
        Ok(())
    }

    fn delete_responses_of(&mut self, owner: UserId) -> Result<(), StoreError> {
        Arc::make_mut(&mut self.responses).rows.retain(|_, row| row.owner != Some(owner));
        Ok(())
    }

    fn purge_responses(&mut self, now: Instant, limit: u32) -> Result<u32, StoreError> {
        let expired = self.responses.rows.iter().filter(|(_, row)| row.expires_at <= now);
        let expired: Vec<_> = expired.map(|(id, _)| id.clone()).take(length(limit)).collect();
        let answers = Arc::make_mut(&mut self.responses);
        for id in &expired {
            answers.rows.remove(id);
        }
        count(expired.len())
    }
}
