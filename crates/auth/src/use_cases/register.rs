//! Opens an account for whoever asks.

use crate::{AuthError, ChosenPassword, NewPassword};
use kernel::{Blankable, Field, FieldFault, FieldShape, Fields, Form, Instant, describe};
use users::{Email, User, UserDetails, UserRepository};

const FIRST_NAME: Field<Blankable<150>> = Field::new("first_name", "May be blank.").example("Ann");
const LAST_NAME: Field<Blankable<150>> = Field::new("last_name", "May be blank.").example("Anderson");
const EMAIL: Field<Email> =
    Field::new("email", "Unique whatever its case; also the user name.").example("ann@example.org");
const PASSWORD: Field<ChosenPassword> =
    Field::new("password", "Not a common one, and not of digits only.").example("korvapuusti");

/// What somebody registers with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// The address, which is also the user name.
    pub email: Email,
    /// The first name.
    pub first_name: Blankable<150>,
    /// The last name.
    pub last_name: Blankable<150>,
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
        let registration = Self::read_fields(&mut fields);
        fields.finish()?;
        registration.ok_or(AuthError::BadRegistration)
    }

    /// The fields of the form.
    pub fn fields() -> Vec<FieldShape> {
        describe(Self::read_fields)
    }

    /// A malformed address and a weak password are no faults of their fields.
    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let first_name = fields.required(&FIRST_NAME);
        let last_name = fields.required(&LAST_NAME);
        let email = match fields.attempt(&EMAIL) {
            Err(FieldFault::BadEmail) => None,
            read => fields.noted(EMAIL.name(), read),
        };
        let password = fields.required(&PASSWORD).and_then(|chosen| NewPassword::judge(chosen).ok());
        Some(Self { email: email?, first_name: first_name?, last_name: last_name?, password: password? })
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
        first_name: registration.first_name.as_str().to_owned(),
        last_name: registration.last_name.as_str().to_owned(),
        ..UserDetails::active(registration.email.clone(), hash.to_owned(), now)
    };
    Ok(repo.insert_user(&user)?)
}
