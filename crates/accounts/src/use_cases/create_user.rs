//! Opens an account for somebody else.

use crate::{AccountError, rights};
use audit::{Action, TrailEntry, TrailRepository};
use auth::{Caller, NewPassword};
use kernel::{Blankable, FieldErrors, FieldFault, Fields, Form, Instant, Raw, Text};
use users::{Email, User, UserDetails, UserError, UserRepository, UserState};

/// An account that an administrator wants to open.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent flags of the wire")]
pub struct NewAccount {
    email: Email,
    username: String,
    first_name: String,
    last_name: String,
    /// The password that the administrator chose.
    pub password: NewPassword,
    is_staff: bool,
    is_superuser: bool,
    is_operator: bool,
    is_active: bool,
}

impl NewAccount {
    /// Reads a form with `email`, `first_name`, `last_name` and `password`, all needed; `username`, `is_staff`,
    /// `is_superuser`, `is_operator` and `is_active` are optional, every flag false when absent.
    ///
    /// # Errors
    /// `Forbidden` before anything else when the caller may not give the rights that are asked for; `Fields`;
    /// `WeakPassword` when nothing else is wrong.
    pub fn read(caller: &Caller, form: &Form) -> Result<Self, AccountError> {
        let asks_for = |name| matches!(form.get(name).map(Raw::as_bool), Some(Ok(true)));
        rights::require_power_to_grant(caller, asks_for("is_superuser"), asks_for("is_operator"))?;
        let mut fields = form.fields();
        let email = fields.required_by("email", Email::parse);
        let username = read_username(&mut fields, email.as_ref());
        let first_name =
            fields.required_by("first_name", |raw| Blankable::<150>::new(raw.as_text()?).map(String::from));
        let last_name = fields.required_by("last_name", |raw| Blankable::<150>::new(raw.as_text()?).map(String::from));
        let mut weaknesses = Vec::new();
        let password = fields.required_by("password", |raw| match NewPassword::parse(raw) {
            Err(problems) if NewPassword::is_weakness(&problems) => {
                weaknesses = problems;
                Ok(None)
            }
            Err(problems) => Err(problems.into_iter().next().unwrap_or(FieldFault::Blank)),
            Ok(password) => Ok(Some(password)),
        });
        let mut flag = |name| fields.optional_by(name, Raw::as_bool).unwrap_or(false);
        let (is_staff, is_superuser) = (flag("is_staff"), flag("is_superuser"));
        let (is_operator, is_active) = (flag("is_operator"), flag("is_active"));
        match (email, first_name, last_name, password) {
            (Some(email), Some(first_name), Some(last_name), Some(password)) if fields.is_faultless() => {
                let password = password.ok_or(AccountError::WeakPassword(weaknesses))?;
                let username = username.unwrap_or_else(|| email.as_str().to_owned());
                Ok(Self {
                    email,
                    username,
                    first_name,
                    last_name,
                    password,
                    is_staff,
                    is_superuser,
                    is_operator,
                    is_active,
                })
            }
            _ => Err(fields.into_errors().into()),
        }
    }
}

/// A user name of letters, digits and `@.+-_`; one with `@` must be the user's own address, so that nobody takes a name
/// that is somebody else's address.
pub(crate) fn read_username(fields: &mut Fields<'_>, email: Option<&Email>) -> Option<String> {
    fields.optional_by("username", |raw| {
        let name = Text::<150>::parse(raw)?.as_str().to_owned();
        let own_address = email.is_some_and(|email| email.as_str() == name.to_lowercase());
        if own_address {
            return Ok(name.to_lowercase());
        }
        let allowed = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '+' | '-' | '_'));
        if allowed { Ok(name) } else { Err(FieldFault::BadUsername) }
    })
}

/// Opens the account: active with a verified address, or else blocked until an administrator activates it. `hash` is
/// that of the chosen password.
///
/// # Errors
/// `Fields` when the address or the user name is taken, `Store`.
pub fn create_user<R>(
    repo: &mut R,
    caller: &Caller,
    now: Instant,
    account: &NewAccount,
    hash: &str,
) -> Result<User, AccountError>
where
    R: UserRepository + TrailRepository + ?Sized,
{
    let new = UserDetails {
        username: account.username.clone(),
        first_name: account.first_name.clone(),
        last_name: account.last_name.clone(),
        is_staff: account.is_staff,
        is_superuser: account.is_superuser,
        is_operator: account.is_operator,
        state: if account.is_active { UserState::Active } else { UserState::Blocked },
        email_verified: account.is_active,
        ..UserDetails::active(account.email.clone(), hash.to_owned(), now)
    };
    let user = match repo.insert_user(&new) {
        Err(UserError::Taken) => {
            let is_address = repo.find_user_by_login(account.email.as_str())?.is_some();
            let field = if is_address { "email" } else { "username" };
            return Err(FieldErrors::one(field, FieldFault::Taken).into());
        }
        inserted => inserted?,
    };
    repo.append_trail(&TrailEntry {
        at: now,
        actor: Some(caller.id),
        action: Action::UserCreated,
        subject: user.id,
        details: format!(
            "staff: {}, superuser: {}, operator: {}, active: {}",
            account.is_staff, account.is_superuser, account.is_operator, account.is_active
        ),
    })?;
    Ok(user)
}
