//! What this crate asks of a store. Every method works inside one open transaction.

use kernel::{Instant, SessionId, StoreError, UserId};
use users::{Role, UserState};

/// How a user and one of its sessions stand right now: all that a request has to know of its caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountStatus {
    /// The user's e-mail.
    pub email: String,
    /// The user's rank.
    pub role: Role,
    /// Where the account stands.
    pub state: UserState,
    /// Tokens of an older version are dead, but for those of the kept session.
    pub token_version: i64,
    /// The session that outlived the last change of the password.
    pub kept_session: Option<SessionId>,
    /// Whether the session was logged out.
    pub session_revoked: bool,
}

/// Sessions that ended before their tokens did.
pub trait SessionRepository {
    /// How the user and the session stand; `None` when there is no such user. MUST be one statement.
    fn find_account_status(&mut self, user: UserId, session: SessionId) -> Result<Option<AccountStatus>, StoreError>;

    /// Whether the session was logged out, whatever became of its user.
    fn is_session_revoked(&mut self, session: SessionId) -> Result<bool, StoreError>;

    /// Ends a session. The row is needed until `expires_at`, when the last of its tokens dies. Ending it again changes
    /// nothing.
    fn revoke_session(&mut self, session: SessionId, expires_at: Instant) -> Result<(), StoreError>;

    /// Removes at most `limit` rows that expired before `now`, and says how many.
    fn purge_revoked_sessions(&mut self, now: Instant, limit: u32) -> Result<u32, StoreError>;
}
