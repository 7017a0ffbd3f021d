//! A store with people in it, and the few steps that every test takes.

use accounts::AccountError;
use audit::{LoginLog, LoginLogId, LoginOutcome, TrailEntry};
use auth::{AuthError, Caller, Tokens};
use kernel::chrono::DateTime;
use kernel::fakes::SequentialIds;
use kernel::{Form, IdSource, Instant, Period, Raw, SessionId, UserId, Uuid};
use memory::MemoryStore;
use store::{Store, Tx};
use users::{Email, Role, User, UserDetails};

#[derive(Debug)]
pub(crate) struct World {
    store: MemoryStore,
    ids: SequentialIds,
    tokens: Tokens,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            store: MemoryStore::default(),
            ids: SequentialIds::default(),
            tokens: Tokens::new(b"a secret of at least thirty-two bytes"),
        }
    }

    pub(crate) fn read<R>(&self, work: impl FnOnce(&mut dyn Tx) -> Result<R, AccountError>) -> Result<R, AccountError> {
        let store: &dyn Store = &self.store;
        store.read(work)
    }

    pub(crate) fn write<R>(&self, work: impl FnMut(&mut dyn Tx) -> Result<R, AccountError>) -> Result<R, AccountError> {
        let store: &dyn Store = &self.store;
        store.write(work)
    }

    /// Adds `<name>@example.org` with this rank.
    pub(crate) fn add(&self, name: &str, role: Role) -> User {
        let email = Email::parse(&Raw::Text(format!("{name}@example.org"))).unwrap();
        let new = UserDetails {
            is_staff: role == Role::Staff,
            is_superuser: role == Role::Superuser,
            ..UserDetails::active(email, "hash".to_owned(), at(0))
        };
        self.write(|tx| Ok(tx.insert_user(&new)?)).unwrap()
    }

    /// The user as the store has it now.
    pub(crate) fn user(&self, id: UserId) -> User {
        self.read(|tx| Ok(tx.find_user(id)?)).unwrap().unwrap()
    }

    /// Changes a user behind the back of every rule.
    pub(crate) fn alter(&self, id: UserId, change: impl Fn(&mut User)) {
        let mut user = self.user(id);
        change(&mut user);
        self.write(|tx| Ok(tx.update_user(&user)?)).unwrap();
    }

    /// Logs a user in: a row of the login log, and an access token.
    pub(crate) fn log_in(&self, user: &User) -> String {
        let log = LoginLog::new(LoginLogId(self.ids.uuid()), user.id, at(1), "web", LoginOutcome::Successful);
        self.write(|tx| Ok(tx.insert_login_log(&log)?)).unwrap();
        let session = SessionId(self.ids.uuid());
        self.tokens.issue(user.id, session, user.token_version, at(1), &self.ids).unwrap().access
    }

    pub(crate) fn authenticate(&self, token: &str) -> Result<Caller, AuthError> {
        let store: &dyn Store = &self.store;
        store.read(|tx| auth::authenticate(tx, &self.tokens, token, at(2)))
    }

    /// Every login log of a user, oldest first.
    pub(crate) fn logs(&self, user: UserId) -> Vec<LoginLog> {
        self.read(|tx| Ok(tx.list_login_logs(user, &always(), u32::MAX)?)).unwrap()
    }

    /// The newest entry of the trail.
    pub(crate) fn last_trail(&self) -> Option<TrailEntry> {
        self.read(|tx| Ok(tx.list_trail(1)?)).unwrap().pop()
    }
}

/// The user as a caller with a session of its own.
pub(crate) fn caller(user: &User) -> Caller {
    Caller {
        id: user.id,
        session: SessionId(Uuid::from_u128(7)),
        email: user.details.email.as_str().to_owned(),
        role: user.role(),
        expires_at: Instant::FAR_FUTURE,
    }
}

/// Every date and every time of day.
pub(crate) fn always() -> Period {
    Period { start_date: None, end_date: Instant::FAR_FUTURE.date(), start_time: None, end_time: None }
}

/// Seconds after 2026-11-20 12:00:00.
pub(crate) fn at(seconds: i64) -> Instant {
    Instant::new(DateTime::from_timestamp(1_795_176_000 + seconds, 0).unwrap())
}

/// A form of texts.
pub(crate) fn form(fields: &[(&str, &str)]) -> Form {
    fields.iter().map(|(name, text)| (*name, Raw::Text((*text).to_owned()))).collect()
}
