//! A user: one identity for every surface.

use crate::Email;
use kernel::{Instant, SessionId, UserId};

/// Where an account stands. A mail link never leads out of `Blocked`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UserState {
    /// Registered, not yet confirmed.
    Pending,
    /// May log in.
    Active,
    /// Shut out by an administrator.
    Blocked,
}

impl UserState {
    /// The word that stores keep.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Blocked => "blocked",
        }
    }

    /// The state that a store kept.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Pending, Self::Active, Self::Blocked].into_iter().find(|state| state.as_str() == word)
    }
}

/// The rank of an account; each one outranks those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Has its own ledger and its own support chat.
    User,
    /// Keeps categories, plain users and support chats.
    Staff,
    /// Administers everybody.
    Superuser,
}

impl Role {
    /// The rank that the two flags give.
    pub fn of(is_staff: bool, is_superuser: bool) -> Self {
        match (is_superuser, is_staff) {
            (true, _) => Self::Superuser,
            (false, true) => Self::Staff,
            (false, false) => Self::User,
        }
    }
}

/// What is known of a user, apart from its number and what logins leave behind. A new user is inserted from it.
#[derive(Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts, each a column and a wire field")]
pub struct UserDetails {
    /// The address, unique.
    pub email: Email,
    /// The login name, at most 150 characters, unique whatever the case; at Ease it is the e-mail.
    pub username: String,
    /// The password's hash in any format that `auth` verifies, at most 255 characters.
    pub password_hash: String,
    /// At most 150 characters, may be empty.
    pub first_name: String,
    /// At most 150 characters, may be empty.
    pub last_name: String,
    /// At most 16 characters, may be empty.
    pub phone_number: String,
    /// At most 5000 characters, may be empty.
    pub bio: String,
    /// Whether the user is staff.
    pub is_staff: bool,
    /// Whether the user is a superuser.
    pub is_superuser: bool,
    /// Whether the user is an operator of payables; independent of staff.
    pub is_operator: bool,
    /// Where the account stands.
    pub state: UserState,
    /// Whether the address is known to be the user's.
    pub email_verified: bool,
    /// When the account was made.
    pub date_joined: Instant,
}

impl std::fmt::Debug for UserDetails {
    /// No secret: the user name only.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UserDetails").field("username", &self.username).finish_non_exhaustive()
    }
}

impl UserDetails {
    /// A user with an address and a password, active, without any right or name.
    pub fn active(email: Email, password_hash: String, now: Instant) -> Self {
        Self {
            username: email.as_str().to_owned(),
            email,
            password_hash,
            first_name: String::new(),
            last_name: String::new(),
            phone_number: String::new(),
            bio: String::new(),
            is_staff: false,
            is_superuser: false,
            is_operator: false,
            state: UserState::Active,
            email_verified: false,
            date_joined: now,
        }
    }
}

/// A user.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// The number, the same on every surface; never used again.
    pub id: UserId,
    /// Name, address, rights and state, as they are now.
    pub details: UserDetails,
    /// Until when logins are locked after too many failures.
    pub locked_until: Option<Instant>,
    /// Failed logins count from here on: the last unlocking, or the end of the last lock.
    pub failures_counted_from: Option<Instant>,
    /// Tokens of an older version are dead, but for those of the kept session.
    pub token_version: i64,
    /// The session that outlived the last change of the password, because the change was made in it.
    pub kept_session: Option<SessionId>,
    /// The last successful login.
    pub last_login: Option<Instant>,
}

impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User").field("id", &self.id.0).field("details", &self.details).finish_non_exhaustive()
    }
}

impl User {
    /// A user that was just made from `details`.
    pub fn new(id: UserId, details: UserDetails) -> Self {
        Self {
            id,
            details,
            locked_until: None,
            failures_counted_from: None,
            token_version: 0,
            kept_session: None,
            last_login: None,
        }
    }

    /// The user's rank.
    pub fn role(&self) -> Role {
        Role::of(self.details.is_staff, self.details.is_superuser)
    }

    /// Whether logins are locked at `now`.
    pub fn is_locked(&self, now: Instant) -> bool {
        self.locked_until.is_some_and(|until| now < until)
    }

    /// What clients know as `is_active`: active, and not locked at `now`.
    pub fn is_active(&self, now: Instant) -> bool {
        self.details.state == UserState::Active && !self.is_locked(now)
    }

    /// Lets the user in: from any state, and out of a lock.
    pub fn activate(&mut self, now: Instant) {
        self.details.state = UserState::Active;
        self.locked_until = None;
        self.failures_counted_from = Some(now);
    }

    /// Shuts the user out: every token dies.
    pub fn block(&mut self) {
        self.details.state = UserState::Blocked;
        self.end_sessions(None);
    }

    /// Locks logins until a moment; failures count anew from there on.
    pub fn lock(&mut self, until: Instant) {
        self.locked_until = Some(until);
        self.failures_counted_from = Some(until);
    }

    /// Sets a new password: every token dies, but for those of the session that asked.
    pub fn set_password(&mut self, hash: String, keep: Option<SessionId>) {
        self.details.password_hash = hash;
        self.end_sessions(keep);
    }

    /// Moves to another address: it is no longer verified, and a user name that was the old address moves along.
    pub fn set_email(&mut self, email: Email) {
        if email == self.details.email {
            return;
        }
        if self.details.username == self.details.email.as_str() {
            email.as_str().clone_into(&mut self.details.username);
        }
        self.details.email = email;
        self.details.email_verified = false;
    }

    fn end_sessions(&mut self, keep: Option<SessionId>) {
        self.token_version += 1;
        self.kept_session = keep;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::chrono::DateTime;
    use kernel::{Raw, Uuid};

    fn at(seconds: i64) -> Instant {
        Instant::new(DateTime::from_timestamp(seconds, 0).unwrap())
    }

    fn email(text: &str) -> Email {
        Email::parse(&Raw::Text(text.to_owned())).unwrap()
    }

    fn ann() -> User {
        User::new(UserId(1), UserDetails::active(email("ann@example.org"), "hash".to_owned(), at(0)))
    }

    #[test]
    fn superuser_outranks_staff_outranks_user() {
        assert!(Role::Superuser > Role::Staff && Role::Staff > Role::User);
        assert_eq!(Role::of(false, true), Role::Superuser);
        assert_eq!(Role::of(true, true), Role::Superuser);
        assert_eq!(Role::of(true, false), Role::Staff);
    }

    #[test]
    fn a_lock_ends_by_itself_and_by_an_administrator() {
        let mut user = ann();
        user.lock(at(900));
        assert!(!user.is_active(at(899)) && user.is_active(at(900)));
        assert_eq!(user.failures_counted_from, Some(at(900)));
        user.activate(at(10));
        assert!(user.is_active(at(10)));
        assert_eq!(user.failures_counted_from, Some(at(10)));
    }

    #[test]
    fn a_new_password_keeps_only_the_session_that_asked() {
        let mut user = ann();
        let mine = SessionId(Uuid::from_u128(1));
        user.set_password("other".to_owned(), Some(mine));
        assert_eq!((user.token_version, user.kept_session), (1, Some(mine)));
        user.block();
        assert_eq!((user.token_version, user.kept_session), (2, None));
    }

    #[test]
    fn a_user_name_that_was_the_address_moves_along() {
        let mut user = ann();
        user.details.email_verified = true;
        user.set_email(email("ann@example.com"));
        assert_eq!(user.details.username, "ann@example.com");
        assert!(!user.details.email_verified);
        user.details.username = "ann".to_owned();
        user.set_email(email("ann@example.net"));
        assert_eq!(user.details.username, "ann");
    }

    #[test]
    fn debug_output_never_shows_a_hash() {
        assert!(!format!("{:?}", ann()).contains("hash"));
    }
}
