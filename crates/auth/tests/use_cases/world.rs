//! A store with people in it, and the few steps that every test takes.

use audit::{LockoutRule, LoginLog};
use auth::{AuthError, Caller, Credentials, LoggedIn, LoginContext, Passwords, Tokens};
use kernel::chrono::DateTime;
use kernel::fakes::SequentialIds;
use kernel::{Form, Instant, Period, Raw, SessionId, UserId, Uuid};
use memory::MemoryStore;
use store::{Store, Tx};
use users::{Email, Role, User, UserDetails};

/// Everybody's password.
pub(crate) const PASSWORD: &str = "korvapuusti";

#[derive(Debug)]
pub(crate) struct World {
    store: MemoryStore,
    pub(crate) ids: SequentialIds,
    pub(crate) tokens: Tokens,
    pub(crate) passwords: Passwords,
    pub(crate) lockout: LockoutRule,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            store: MemoryStore::default(),
            ids: SequentialIds::default(),
            tokens: Tokens::new(b"a secret of at least thirty-two bytes"),
            passwords: Passwords::new(4),
            lockout: LockoutRule::default(),
        }
    }

    pub(crate) fn read<R>(&self, work: impl FnOnce(&mut dyn Tx) -> Result<R, AuthError>) -> Result<R, AuthError> {
        let store: &dyn Store = &self.store;
        store.read(work)
    }

    pub(crate) fn write<R>(&self, work: impl FnMut(&mut dyn Tx) -> Result<R, AuthError>) -> Result<R, AuthError> {
        let store: &dyn Store = &self.store;
        store.write(work)
    }

    /// Adds `<name>@example.org` with this rank.
    pub(crate) fn add(&self, name: &str, role: Role) -> User {
        let email = Email::parse(&Raw::Text(format!("{name}@example.org"))).unwrap();
        let new = UserDetails {
            is_staff: role == Role::Staff,
            is_superuser: role == Role::Superuser,
            ..UserDetails::active(email, self.passwords.hash(PASSWORD).unwrap(), at(0))
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

    pub(crate) fn log_in_at(&self, now: Instant, username: &str, password: &str) -> Result<LoggedIn, AuthError> {
        let form = form(&[("username", username), ("password", password), ("os", "web")]);
        let credentials = Credentials::read(&form)?;
        let user = self.read(|tx| Ok(tx.find_user_by_login(&credentials.username)?))?;
        let verified = credentials.verify(&self.passwords, user)?;
        self.write(|tx| auth::login(tx, self.context(now), &credentials.platform, &verified))?.into_result()
    }

    pub(crate) fn log_in(&self, user: &User) -> LoggedIn {
        self.log_in_at(at(1), user.details.email.as_str(), PASSWORD).unwrap()
    }

    pub(crate) fn context(&self, now: Instant) -> LoginContext<'_> {
        LoginContext { tokens: &self.tokens, lockout: &self.lockout, ids: &self.ids, now }
    }

    pub(crate) fn authenticate(&self, token: &str) -> Result<Caller, AuthError> {
        self.read(|tx| auth::authenticate(tx, &self.tokens, token, at(2)))
    }

    /// Every login log of a user, oldest first.
    pub(crate) fn logs(&self, user: UserId) -> Vec<LoginLog> {
        let period =
            Period { start_date: None, end_date: Instant::FAR_FUTURE.date(), start_time: None, end_time: None };
        self.read(|tx| Ok(tx.list_login_logs(user, &period, u32::MAX)?)).unwrap()
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

/// Seconds after 2026-11-20 12:00:00.
pub(crate) fn at(seconds: i64) -> Instant {
    Instant::new(DateTime::from_timestamp(1_795_176_000 + seconds, 0).unwrap())
}

/// A form of texts.
pub(crate) fn form(fields: &[(&str, &str)]) -> Form {
    fields.iter().map(|(name, text)| (*name, Raw::Text((*text).to_owned()))).collect()
}
