//! Logs somebody in, or counts the failure.

use crate::{AuthError, Passwords, TokenPair, Tokens};
use audit::{LockoutRule, LoginLog, LoginLogId, LoginLogRepository, LoginOutcome};
use kernel::{Form, IdSource, Instant, Raw, SessionId, Text};
use std::fmt;
use users::{User, UserRepository, UserState};

/// What somebody logs in with.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The e-mail or user name, trimmed and lower-case.
    pub username: String,
    password: String,
    /// The client's platform; empty when it was not told.
    pub platform: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials")
    }
}

impl Credentials {
    /// Reads a form with `username` and `password`; `os` is optional, and whatever cannot be used of it is ignored.
    ///
    /// # Errors
    /// `Fields`.
    pub fn read(form: &Form) -> Result<Self, AuthError> {
        /// Longer than any user name or password that can be set, and still bounded.
        const LENGTH_MAX: usize = 1000;
        let mut fields = form.fields();
        let username = fields.required_by("username", Text::<LENGTH_MAX>::parse);
        let password = fields.required_by("password", Text::<LENGTH_MAX>::parse);
        let platform = form.get("os").and_then(|raw| Raw::as_text(raw).ok()).unwrap_or_default().to_owned();
        match (username, password) {
            (Some(username), Some(password)) => Ok(Self {
                username: username.as_str().to_lowercase(),
                password: password.as_str().to_owned(),
                platform,
            }),
            _ => Err(fields.into_errors().into()),
        }
    }

    /// Compares the password with the hash of `user`. Slow; a login name that nobody has takes just as long.
    ///
    /// # Errors
    /// `UnknownLogin` without a user, `Hash`.
    pub fn verify(&self, passwords: &Passwords, user: Option<User>) -> Result<ComparedPassword, AuthError> {
        let Some(user) = user else {
            passwords.verify_nobody(&self.password);
            return Err(AuthError::UnknownLogin);
        };
        let hash = user.details.password_hash.as_str();
        let right = passwords.verify(&self.password, hash);
        let replacement =
            if right && passwords.is_outdated(hash) { Some(passwords.hash(&self.password)?) } else { None };
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
        let fields = [("username", "ann@example.org"), ("password", password)];
        Credentials::read(&Form::from_iter(fields.map(|(name, text)| (name, Raw::Text(text.to_owned()))))).unwrap()
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
