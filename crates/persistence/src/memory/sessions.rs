//! Ended sessions in memory.

use super::{State, count, length};
use auth::{SessionRepository, Standing};
use kernel::{Instant, SessionId, StoreError, UserId};

impl SessionRepository for State {
    fn find_standing(&mut self, user: UserId, session: SessionId) -> Result<Option<Standing>, StoreError> {
        Ok(self.users.get(&user).map(|user| Standing {
            email: user.profile.email.as_str().to_owned(),
            role: user.role(),
            state: user.profile.state,
            token_version: user.token_version,
            kept_session: user.kept_session,
            session_revoked: self.revoked_sessions.contains_key(&session),
        }))
    }

    fn is_session_revoked(&mut self, session: SessionId) -> Result<bool, StoreError> {
        Ok(self.revoked_sessions.contains_key(&session))
    }

    fn revoke_session(&mut self, session: SessionId, expires_at: Instant) -> Result<(), StoreError> {
        self.revoked_sessions.entry(session).or_insert(expires_at);
        Ok(())
    }

    fn purge_revoked_sessions(&mut self, now: Instant, limit: u32) -> Result<u32, StoreError> {
        let expired = self.revoked_sessions.iter().filter(|(_, expires_at)| **expires_at < now);
        let expired: Vec<_> = expired.map(|(session, _)| *session).take(length(limit)).collect();
        for session in &expired {
            self.revoked_sessions.remove(session);
        }
        count(expired.len())
    }
}
