//! The trail of administrative actions: who did what to whom, and when.

use kernel::{Instant, UserId};
use std::fmt;

/// What an administrator did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Created an account.
    UserCreated,
    /// Changed an account.
    UserUpdated,
    /// Blocked an account.
    UserBlocked,
    /// Activated or unlocked an account.
    UserActivated,
    /// Deleted an account.
    UserDeleted,
    /// Corrected a login log.
    LoginLogCorrected,
    /// Deleted a login log.
    LoginLogDeleted,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 7] = [
        Self::UserCreated,
        Self::UserUpdated,
        Self::UserBlocked,
        Self::UserActivated,
        Self::UserDeleted,
        Self::LoginLogCorrected,
        Self::LoginLogDeleted,
    ];

    /// The word that stores keep.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UserCreated => "user_created",
            Self::UserUpdated => "user_updated",
            Self::UserBlocked => "user_blocked",
            Self::UserActivated => "user_activated",
            Self::UserDeleted => "user_deleted",
            Self::LoginLogCorrected => "login_log_corrected",
            Self::LoginLogDeleted => "login_log_deleted",
        }
    }

    /// The action that a store kept.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == word)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An entry of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailEntry {
    /// When it happened.
    pub at: Instant,
    /// Who did it; `None` is the operator at the command line.
    pub actor: Option<UserId>,
    /// What was done.
    pub action: Action,
    /// To whom, or to whose object.
    pub subject: UserId,
    /// The object or the changed fields, never a secret; at most 500 characters.
    pub details: String,
}
