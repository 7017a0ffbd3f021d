//! Opens an account for somebody else.

use crate::{AccountError, rights};
use audit::{Action, TrailEntry, TrailRepository};
use auth::{Caller, ChosenPassword, NewPassword};
use kernel::{Blankable, Field, FieldErrors, FieldFault, FieldShape, Fields, Form, Instant, Raw, Text, describe};
use users::{Email, User, UserDetails, UserError, UserRepository, UserState};

const EMAIL: Field<Email> = Field::new("email", "Unique whatever its case.").example("bob@example.org");
const USERNAME: Field<Text<{ Username::MAX }>> =
    Field::new("username", "Letters, digits and `@ . + - _`; the e-mail when it is absent.").example("bob");
const FIRST_NAME: Field<Blankable<150>> = Field::new("first_name", "May be blank.").example("Bob");
const LAST_NAME: Field<Blankable<150>> = Field::new("last_name", "May be blank.").example("Builder");
const PASSWORD: Field<ChosenPassword> =
    Field::new("password", "Not a common one, and not of digits only.").example("laskiaispulla");
const IS_STAFF: Field<bool> = Field::new("is_staff", "False when it is absent.").example("false");
const IS_SUPERUSER: Field<bool> =
    Field::new("is_superuser", "False when it is absent; only superusers may make superusers.").example("false");
const IS_OPERATOR: Field<bool> =
    Field::new("is_operator", "False when it is absent; only superusers may make operators.").example("false");
const IS_ACTIVE: Field<bool> =
    Field::new("is_active", "False when it is absent: the account waits for an administrator.").example("true");

/// An account that an administrator wants to open.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent flags of the wire")]
pub struct NewAccount {
    /// The address.
    pub email: Email,
    /// The user name; the address when there is none.
    pub username: Option<Username>,
    /// The first name.
    pub first_name: Blankable<150>,
    /// The last name.
    pub last_name: Blankable<150>,
    /// The password that the administrator chose.
    pub password: NewPassword,
    /// Whether it is staff.
    pub is_staff: bool,
    /// Whether it is a superuser.
    pub is_superuser: bool,
    /// Whether it is an operator of payables.
    pub is_operator: bool,
    /// Whether it may log in at once.
    pub is_active: bool,
}

impl NewAccount {
    /// Reads a form with `email`, `first_name`, `last_name` and `password`, all needed; `username`, `is_staff`,
    /// `is_superuser`, `is_operator` and `is_active` are optional, every flag false when absent.
    ///
    /// # Errors
    /// `Forbidden` before anything else when the caller may not give the rights that are asked for; `Fields`;
    /// `WeakPassword` when nothing else is wrong.
    pub fn read(caller: &Caller, form: &Form) -> Result<Self, AccountError> {
        let asks_for = |field: &Field<bool>| matches!(form.get(field.name()).map(Raw::as_bool), Some(Ok(true)));
        rights::require_power_to_grant(caller, asks_for(&IS_SUPERUSER), asks_for(&IS_OPERATOR))?;
        let mut fields = form.fields();
        match Self::read_fields(&mut fields) {
            Some(account) if fields.is_faultless() => account.map_err(AccountError::WeakPassword),
            _ => Err(fields.into_errors().into()),
        }
    }

    /// The fields of the form.
    pub fn fields() -> Vec<FieldShape> {
        describe(Self::read_fields)
    }

    /// The account, or what makes its password a weak one.
    fn read_fields(fields: &mut Fields<'_>) -> Option<Result<Self, Vec<FieldFault>>> {
        let email = fields.required(&EMAIL);
        let name = fields.optional(&USERNAME).map(|name| Username::new(&name, email.as_ref()));
        let username = name.and_then(|name| fields.noted(USERNAME.name(), name));
        let first_name = fields.required(&FIRST_NAME);
        let last_name = fields.required(&LAST_NAME);
        let password = fields.required(&PASSWORD);
        let mut flag = |field| fields.optional(field).unwrap_or(false);
        let (is_staff, is_superuser) = (flag(&IS_STAFF), flag(&IS_SUPERUSER));
        let (is_operator, is_active) = (flag(&IS_OPERATOR), flag(&IS_ACTIVE));
        let (email, first_name, last_name) = (email?, first_name?, last_name?);
        Some(NewPassword::judge(password?).map(|password| Self {
            email,
            username,
            first_name,
            last_name,
            password,
            is_staff,
            is_superuser,
            is_operator,
            is_active,
        }))
    }
}

/// A user name of letters, digits and `@.+-_`. One with `@` is its owner's address, so that nobody takes a name that is
/// somebody else's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username(String);

impl Username {
    /// The most characters.
    pub const MAX: usize = 150;

    /// What is told of a name with other characters, or with somebody else's address.
    pub const BAD: FieldFault = FieldFault::Rule { code: "accounts.bad_username", limit: 0 };

    /// Takes a name for the owner of an address.
    ///
    /// # Errors
    /// [`Username::BAD`].
    pub fn new(name: &Text<{ Self::MAX }>, own_address: Option<&Email>) -> Result<Self, FieldFault> {
        let name = name.as_str();
        if own_address.is_some_and(|address| address.as_str() == name.to_lowercase()) {
            return Ok(Self(name.to_lowercase()));
        }
        let allowed = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '+' | '-' | '_'));
        if allowed { Ok(Self(name.to_owned())) } else { Err(Self::BAD) }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Opens the account: active with a verified address, or else blocked until an administrator activates it. `hash` is
/// that of the chosen password.
///
/// # Errors
/// `Forbidden` when the caller may not give the rights; `Fields` when the address or the user name is taken; `Store`.
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
    rights::require_power_to_grant(caller, account.is_superuser, account.is_operator)?;
    let new = UserDetails {
        username: account.username.as_ref().map_or(account.email.as_str(), Username::as_str).to_owned(),
        first_name: account.first_name.as_str().to_owned(),
        last_name: account.last_name.as_str().to_owned(),
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
            let field = if is_address { EMAIL.name() } else { USERNAME.name() };
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
