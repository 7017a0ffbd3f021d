//! Answers to requests that their clients named, in memory.

use crate::state::{State, count, length, require, require_absent};
use idempotency::{Fingerprint, Kept, Request, RequestId, ResponseRepository, StoredResponse};
use kernel::{Instant, StoreError, UserId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What was answered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answers {
    rows: BTreeMap<RequestId, AnswerRow>,
}

/// What is kept of a request.
#[derive(Debug, Clone)]
struct AnswerRow {
    owner: Option<UserId>,
    fingerprint: Fingerprint,
    expires_at: Instant,
    /// Missing only inside the transaction that puts it there.
    answer: Option<StoredResponse>,
}

impl ResponseRepository for State {
    fn find_response(&mut self, id: &RequestId) -> Result<Option<Kept>, StoreError> {
        let kept = self.answers.rows.get(id).and_then(|row| {
            let answer = row.answer.clone()?;
            Some(Kept { fingerprint: row.fingerprint.clone(), expires_at: row.expires_at, response: answer })
        });
        Ok(kept)
    }

    fn reserve_response(&mut self, request: &Request, expires_at: Instant) -> Result<(), StoreError> {
        require(request.owner.is_none_or(|owner| self.users.contains(owner)), "owner of the answer")?;
        require_absent(self.answers.rows.contains_key(&request.id), "answer")?;
        let (owner, fingerprint) = (request.owner, request.fingerprint.clone());
        let row = AnswerRow { owner, fingerprint, expires_at, answer: None };
        Arc::make_mut(&mut self.answers).rows.insert(request.id.clone(), row);
        Ok(())
    }

    fn keep_response(&mut self, id: &RequestId, answer: &StoredResponse) -> Result<(), StoreError> {
        if let Some(row) = Arc::make_mut(&mut self.answers).rows.get_mut(id) {
            row.answer = Some(answer.clone());
        }
        Ok(())
    }

    fn forget_expired_response(&mut self, id: &RequestId, now: Instant) -> Result<(), StoreError> {
        if self.answers.rows.get(id).is_some_and(|row| row.expires_at <= now) {
            Arc::make_mut(&mut self.answers).rows.remove(id);
        }
        Ok(())
    }

    fn delete_responses_of(&mut self, owner: UserId) -> Result<(), StoreError> {
        Arc::make_mut(&mut self.answers).rows.retain(|_, row| row.owner != Some(owner));
        Ok(())
    }

    fn purge_responses(&mut self, now: Instant, limit: u32) -> Result<u32, StoreError> {
        let expired = self.answers.rows.iter().filter(|(_, row)| row.expires_at <= now);
        let expired: Vec<_> = expired.map(|(id, _)| id.clone()).take(length(limit)).collect();
        let answers = Arc::make_mut(&mut self.answers);
        for id in &expired {
            answers.rows.remove(id);
        }
        count(expired.len())
    }
}
