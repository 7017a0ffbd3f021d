//! Opens an account that is in charge, from the command line.

use crate::AccountError;
use audit::{Action, TrailEntry, TrailRepository};
use auth::NewPassword;
use kernel::{FieldErrors, Instant};
use users::{Email, User, UserDetails, UserRepository};

/// A superuser that the operator wants to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSuperuser {
    /// The address, which is also the user name.
    pub email: Email,
    /// The password that the operator chose.
    pub password: NewPassword,
}

impl NewSuperuser {
    /// Checks an address and a password.
    ///
    /// # Errors
    /// `Fields` with everything that is wrong.
    pub fn read(email: &str, password: &str) -> Result<Self, AccountError> {
        let mut errors = FieldErrors::default();
        let email = Email::new(email).map_err(|fault| errors.add("email", fault));
        let password = NewPassword::new(password)
            .map_err(|faults| faults.into_iter().for_each(|fault| errors.add("password", fault)));
        match (email, password) {
            (Ok(email), Ok(password)) => Ok(Self { email, password }),
            _ => Err(errors.into()),
        }
    }
}

/// Opens the account: active, staff and superuser, its address verified. `hash` is that of the chosen password.
///
/// # Errors
/// `Taken`, `Store`.
pub fn create_superuser<R>(repo: &mut R, now: Instant, new: &NewSuperuser, hash: &str) -> Result<User, AccountError>
where
    R: UserRepository + TrailRepository + ?Sized,
{
    let user = repo.insert_user(&UserDetails {
        is_staff: true,
        is_superuser: true,
        email_verified: true,
        ..UserDetails::active(new.email.clone(), hash.to_owned(), now)
    })?;
    repo.append_trail(&TrailEntry {
        at: now,
        actor: None,
        action: Action::UserCreated,
        subject: user.id,
        details: "superuser".to_owned(),
    })?;
    Ok(user)
}
