//! Changes the caller's own password.

use crate::{AuthError, Caller, NewPassword, Passwords};
use kernel::{FieldErrors, FieldFault, Form, Raw};
use std::fmt;
use users::{User, UserRepository};

/// A wish for another password.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordChange {
    current: Option<String>,
    new: Result<NewPassword, Vec<FieldFault>>,
}

impl fmt::Debug for PasswordChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordChange")
    }
}

impl PasswordChange {
    /// Reads a form with `current_password` and `new_password`. What is wrong with them is told by
    /// [`hash`](Self::hash), the current password first.
    pub fn read(form: &Form) -> Self {
        let current =
            form.get("current_password").and_then(|raw| raw.as_text().ok()).map(|text| text.trim().to_owned());
        let new = match form.get("new_password") {
            None => Err(vec![FieldFault::Required]),
            Some(Raw::Null) => Err(vec![FieldFault::Null]),
            Some(raw) => NewPassword::parse(raw),
        };
        Self { current, new }
    }

    /// Compares the current password and hashes the new one. Slow.
    ///
    /// # Errors
    /// `WrongCurrentPassword` (also when it is missing), `Fields` with everything that is wrong with the new one, `Hash`.
    pub fn hash(&self, passwords: &Passwords, user: &User) -> Result<String, AuthError> {
        let right = self.current.as_ref().is_some_and(|it| passwords.verify(it, &user.details.password_hash));
        if !right {
            return Err(AuthError::WrongCurrentPassword);
        }
        match &self.new {
            Ok(password) => Ok(passwords.hash(password.as_str())?),
            Err(problems) => {
                let mut errors = FieldErrors::default();
                for problem in problems {
                    errors.add("new_password", problem.clone());
                }
                Err(errors.into())
            }
        }
    }
}

/// Stores the new hash. Every other session of the user ends; the caller's lives on. `compared` is the user whose
/// current password was compared.
///
/// # Errors
/// `WrongCurrentPassword` when the password was changed meanwhile, `UserGone`, `Store`.
pub fn change_password<R>(repo: &mut R, caller: &Caller, compared: &User, hash: &str) -> Result<(), AuthError>
where
    R: UserRepository + ?Sized,
{
    let mut user = repo.find_user(caller.id)?.ok_or(AuthError::UserGone)?;
    if user.details.password_hash != compared.details.password_hash {
        return Err(AuthError::WrongCurrentPassword);
    }
    user.set_password(hash.to_owned(), Some(caller.session));
    Ok(repo.update_user(&user)?)
}
