//! Logs somebody in, or counts the failure.

use crate::{AuthError, Passwords, Secret, TokenPair, Tokens};
use audit::{LockoutRule, LoginLog, LoginLogId, LoginLogRepository, LoginOutcome};
use kernel::{
    Field, FieldFault, FieldShape, Fields, Form, IdSource, Input, Instant, Raw, SessionId, Shape, Text, describe,
};
use std::fmt;
use users::{User, UserRepository, UserState};

/// Longer than any user name or password that can be set, and still bounded.
const LENGTH_MAX: usize = 1000;

const USERNAME: Field<Text<LENGTH_MAX>> =
    Field::new("username", "The e-mail or the user name, in any case.").example("ann@example.org");
const PASSWORD: Field<Secret<1, LENGTH_MAX>> = Field::new("password", "The password.").example("korvapuusti");
const OS: Field<Platform> =
    Field::new("os", "The client's platform; the first 50 characters are kept, and what is no text is none.");

/// What a client says of its platform.
struct Platform(String);

impl Input for Platform {
    const SHAPE: Shape = Shape::Anything;

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        raw.as_text().map(|text| Self(text.to_owned()))
    }
}

/// What somebody logs in with.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The e-mail or user name, trimmed and lower-case.
    pub username: String,
    password: Secret<1, LENGTH_MAX>,
    /// The client's platform; empty when it was not told.
    pub platform: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials")
    }
}

impl Credentials {
    /// Takes a login name, a password and a platform, which may be empty.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn new(username: &str, password: &str, platform: &str) -> Result<Self, FieldFault> {
        let (username, password) = (Text::<LENGTH_MAX>::new(username)?, Secret::new(password)?);
        Ok(Self { username: username.as_str().to_lowercase(), password, platform: platform.to_owned() })
    }

    /// Reads a form with `username` and `password`; `os` is optional, and whatever cannot be used of it is ignored.
    ///
    /// # Errors
    /// `Fields`.
    pub fn read(form: &Form) -> Result<Self, AuthError> {
        let mut fields = form.fields();
        Self::read_fields(&mut fields).ok_or_else(|| fields.into_errors().into())
    }

    /// The fields of the form.
    pub fn fields() -> Vec<FieldShape> {
        describe(Self::read_fields)
    }

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let username = fields.required(&USERNAME);
        let password = fields.required(&PASSWORD);
        let platform = fields.lenient(&OS).map_or_else(String::new, |platform| platform.0);
        Some(Self { username: username?.as_str().to_lowercase(), password: password?, platform })
    }

    /// Compares the password with the hash of `user`. Slow; a login name that nobody has takes just as long.
    ///
    /// # Errors
    /// `UnknownLogin` without a user, `Hash`.
    pub fn verify(&self, passwords: &Passwords, user: Option<User>) -> Result<ComparedPassword, AuthError> {
        let Some(user) = user else {
            passwords.verify_nobody(self.password.as_str());
            return Err(AuthError::UnknownLogin);
        };
        let hash = user.details.password_hash.as_str();
        let right = passwords.verify(self.password.as_str(), hash);
        let replacement =
            if right && passwords.is_outdated(hash) { Some(passwords.hash(self.password.as_str())?) } else { None };
        Ok(ComparedPassword { user, right, replacement })
    }
}

/// What came of comparing a password with a user's hash.
#[derive(Debug, Clone)]
pub struct ComparedPassword {
    user: User,
    right: bool,
    /// A newer hash of the right password.
    replacement: Option<String>,
}

impl ComparedPassword {
    /// Whether the password was right.
    pub fn is_right(&self) -> bool {
        self.right
    }
}

/// What a login needs beside the store and the credentials.
#[derive(Clone, Copy)]
pub struct LoginContext<'a> {
    /// Makes the tokens.
    pub tokens: &'a Tokens,
    /// When failures lock an account.
    pub lockout: &'a LockoutRule,
    /// Makes the session's and the log row's identifiers.
    pub ids: &'a dyn IdSource,
    /// The moment of the login.
    pub now: Instant,
}

impl fmt::Debug for LoginContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginContext").field("lockout", self.lockout).field("now", &self.now).finish_non_exhaustive()
    }
}

/// Somebody who is in.
#[derive(Debug, Clone)]
pub struct LoggedIn {
    /// The user, as of this login.
    pub user: User,
    /// The tokens of the new session.
    pub tokens: TokenPair,
}

/// How a login ended. All of these are kept: a refusal has a log row too.
#[derive(Debug, Clone)]
pub enum LoginResult {
    /// The password was right and the account is open.
    LoggedIn(Box<LoggedIn>),
    /// The password was wrong.
    WrongPassword,
    /// The password was right, but the account is blocked, pending or locked.
    Blocked,
}

impl LoginResult {
    /// The result as callers of an interface see it.
    ///
    /// # Errors
    /// `WrongCredentials`, `AccountBlocked`.
    pub fn into_result(self) -> Result<LoggedIn, AuthError> {
        match self {
            Self::LoggedIn(logged_in) => Ok(*logged_in),
            Self::WrongPassword => Err(AuthError::WrongCredentials),
            Self::Blocked => Err(AuthError::AccountBlocked),
        }
    }
}

/// Ends a login: writes the log row, counts failures, makes the tokens.
///
/// # Errors
/// `UnknownLogin` when the user was deleted meanwhile, `Store`.
pub fn login<R>(
    repo: &mut R,
    context: LoginContext<'_>,
    platform: &str,
    verified: &ComparedPassword,
) -> Result<LoginResult, AuthError>
where
    R: UserRepository + LoginLogRepository + ?Sized,
{
    let now = context.now;
    let mut user = repo.find_user(verified.user.id)?.ok_or(AuthError::UnknownLogin)?;
    // A password that was changed since it was compared has not been compared.
    let right = verified.right && user.details.password_hash == verified.user.details.password_hash;
    let outcome = if right && user.is_active(now) { LoginOutcome::Successful } else { LoginOutcome::Failed };
    repo.insert_login_log(&LoginLog::new(LoginLogId(context.ids.uuid()), user.id, now, platform, outcome))?;
    if !right {
        lock_if_due(repo, context, &mut user)?;
        return Ok(LoginResult::WrongPassword);
    }
    if outcome == LoginOutcome::Failed {
        return Ok(LoginResult::Blocked);
    }
    user.last_login = Some(now);
    if let Some(hash) = &verified.replacement {
        user.details.password_hash.clone_from(hash);
    }
    repo.update_user(&user)?;
    let session = SessionId(context.ids.uuid());
    let tokens = context.tokens.issue(user.id, session, user.token_version, now, context.ids)?;
    Ok(LoginResult::LoggedIn(Box::new(LoggedIn { user, tokens })))
}

/// Locks an open account after too many failures. Failures against a locked account do not count.
fn lock_if_due<R>(repo: &mut R, context: LoginContext<'_>, user: &mut User) -> Result<(), AuthError>
where
    R: UserRepository + LoginLogRepository + ?Sized,
{
    if user.details.state != UserState::Active || user.is_locked(context.now) {
        return Ok(());
    }
    let after = context.lockout.window_start(context.now, user.failures_counted_from);
    let failures = repo.count_failed_logins(user.id, after)?;
    if let Some(until) = context.lockout.locked_until(context.now, failures, user.details.is_superuser) {
        user.lock(until);
        repo.update_user(user)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passwords::work;
    use kernel::UserId;
    use kernel::chrono::DateTime;
    use users::{Email, UserDetails};

    const COST: u32 = 4;

    fn credentials(password: &str) -> Credentials {
        Credentials::new("ann@example.org", password, "").unwrap()
    }

    #[test]
    fn a_login_costs_the_same_work_whoever_tries_it() {
        let passwords = Passwords::new(COST);
        let now = Instant::new(DateTime::UNIX_EPOCH);
        let email = Email::parse(&Raw::Text("ann@example.org".to_owned())).unwrap();
        let known = User::new(UserId(1), UserDetails::active(email, passwords.hash("korvapuusti").unwrap(), now));
        let with = |change: fn(&mut User)| {
            let mut user = known.clone();
            change(&mut user);
            Some(user)
        };
        let accounts = [
            ("unknown", None),
            ("known", Some(known.clone())),
            ("blocked", with(User::block)),
            ("locked", with(|user| user.lock(Instant::FAR_FUTURE))),
            ("without a password", with(|user| user.details.password_hash = "!".to_owned())),
        ];
        for (about, account) in accounts {
            for password in ["korvapuusti", "laskiaispulla", &"long".repeat(50)] {
                drop(work::done());
                drop(credentials(password).verify(&passwords, account.clone()));
                assert_eq!(work::done(), [COST], "{about}: one hash of the usual cost, whatever comes of it");
            }
        }
    }
}
