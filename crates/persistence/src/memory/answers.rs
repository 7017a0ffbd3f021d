//! Answers to requests that their clients named, in memory.

use super::{State, count, length, require, require_absent};
use idempotency::{Answer, AnswerRepository, Fingerprint, Kept, Request, RequestId};
use kernel::{Instant, StoreError, UserId};

/// What is kept of a request.
#[derive(Debug, Clone)]
pub(super) struct AnswerRow {
    pub(super) owner: Option<UserId>,
    fingerprint: Fingerprint,
    expires_at: Instant,
    /// Missing only inside the transaction that puts it there.
    answer: Option<Answer>,
}

impl AnswerRepository for State {
    fn find_answer(&mut self, id: &RequestId) -> Result<Option<Kept>, StoreError> {
        let kept = self.answers.get(id).and_then(|row| {
            let answer = row.answer.clone()?;
            Some(Kept { fingerprint: row.fingerprint.clone(), expires_at: row.expires_at, answer })
        });
        Ok(kept)
    }

    fn reserve_answer(&mut self, request: &Request, expires_at: Instant) -> Result<(), StoreError> {
        require(request.owner.is_none_or(|owner| self.users.contains_key(&owner)), "owner of the answer")?;
        require_absent(self.answers.contains_key(&request.id), "answer")?;
        let (owner, fingerprint) = (request.owner, request.fingerprint.clone());
        self.answers.insert(request.id.clone(), AnswerRow { owner, fingerprint, expires_at, answer: None });
        Ok(())
    }

    fn keep_answer(&mut self, id: &RequestId, answer: &Answer) -> Result<(), StoreError> {
        if let Some(row) = self.answers.get_mut(id) {
            row.answer = Some(answer.clone());
        }
        Ok(())
    }

    fn forget_expired_answer(&mut self, id: &RequestId, now: Instant) -> Result<(), StoreError> {
        if self.answers.get(id).is_some_and(|row| row.expires_at <= now) {
            self.answers.remove(id);
        }
        Ok(())
    }

    fn purge_answers(&mut self, now: Instant, limit: u32) -> Result<u32, StoreError> {
        let expired = self.answers.iter().filter(|(_, row)| row.expires_at <= now);
        let expired: Vec<_> = expired.map(|(id, _)| id.clone()).take(length(limit)).collect();
        for id in &expired {
            self.answers.remove(id);
        }
        count(expired.len())
    }
}
