//! Ended sessions in memory.

use crate::checks::{count, length};
use crate::state::State;
use auth::{AccountStatus, SessionRepository};
use kernel::{Instant, SessionId, StoreError, UserId};
use std::sync::Arc;

impl SessionRepository for State {
    fn find_account_status(&mut self, user: UserId, session: SessionId) -> Result<Option<AccountStatus>, StoreError> {
        Ok(self.users.get(user).map(|user| AccountStatus {
            email: user.details.email.as_str().to_owned(),
            role: user.role(),
            state: user.details.state,
            token_version: user.token_version,
            kept_session: user.kept_session,
            session_revoked: self.sessions.revoked.contains_key(&session),
        }))
    }

    fn is_session_revoked(&mut self, session: SessionId) -> Result<bool, StoreError> {
        Ok(self.sessions.revoked.contains_key(&session))
    }

    fn revoke_session(&mut self, session: SessionId, expires_at: Instant) -> Result<(), StoreError> {
        Arc::make_mut(&mut self.sessions).revoked.entry(session).or_insert(expires_at);
        Ok(())
    }

    fn purge_revoked_sessions(&mut self, now: Instant, limit: u32) -> Result<u32, StoreError> {
        let expired = self.sessions.revoked.iter().filter(|(_, expires_at)| **expires_at < now);
        let expired: Vec<_> = expired.map(|(session, _)| *session).take(length(limit)).collect();
        let sessions = Arc::make_mut(&mut self.sessions);
        for session in &expired {
            sessions.revoked.remove(session);
        }
        count(expired.len())
    }
}
