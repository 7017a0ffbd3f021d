//! Opens an account for whoever asks.

use crate::{AuthError, NewPassword};
use kernel::{Blankable, FieldFault, Form, Instant};
use users::{Email, User, UserDetails, UserRepository};

/// What somebody registers with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// The address, which is also the user name.
    pub email: Email,
    /// At most 150 characters, may be blank.
    pub first_name: String,
    /// At most 150 characters, may be blank.
    pub last_name: String,
    /// The password that was chosen.
    pub password: NewPassword,
}

impl Registration {
    /// Reads a form with `first_name`, `last_name`, `email` and `password`, all needed. Flags are ignored.
    ///
    /// # Errors
    /// `Fields` for what is missing, blank, too long or no text; `BadRegistration` for a malformed address or a weak
    /// password.
    pub fn read(form: &Form) -> Result<Self, AuthError> {
        let mut fields = form.fields();
        let first_name =
            fields.required_by("first_name", |raw| Blankable::<150>::new(raw.as_text()?).map(String::from));
        let last_name = fields.required_by("last_name", |raw| Blankable::<150>::new(raw.as_text()?).map(String::from));
        let mut acceptable = true;
        let email = fields.required_by("email", |raw| match Email::parse(raw) {
            Err(FieldFault::BadEmail) => {
                acceptable = false;
                Ok(None)
            }
            other => other.map(Some),
        });
        let password = fields.required_by("password", |raw| match NewPassword::parse(raw) {
            Err(problems) if NewPassword::is_weakness(&problems) => {
                acceptable = false;
                Ok(None)
            }
            Err(problems) => Err(problems.into_iter().next().unwrap_or(FieldFault::Blank)),
            Ok(password) => Ok(Some(password)),
        });
        match (first_name, last_name, email, password) {
            (Some(first_name), Some(last_name), Some(email), Some(password)) => match (email, password) {
                (Some(email), Some(password)) if acceptable => Ok(Self { email, first_name, last_name, password }),
                _ => Err(AuthError::BadRegistration),
            },
            _ => Err(fields.into_errors().into()),
        }
    }
}

/// Opens the account: active, without any right, its address not verified. `hash` is that of the chosen password.
///
/// # Errors
/// `Taken`, `Store`.
pub fn register<R>(repo: &mut R, now: Instant, registration: &Registration, hash: &str) -> Result<User, AuthError>
where
    R: UserRepository + ?Sized,
{
    let user = UserDetails {
        first_name: registration.first_name.clone(),
        last_name: registration.last_name.clone(),
        ..UserDetails::active(registration.email.clone(), hash.to_owned(), now)
    };
    Ok(repo.insert_user(&user)?)
}
