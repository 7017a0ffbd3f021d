//! Changes the caller's own password.

use crate::{AuthError, Caller, ChosenPassword, NewPassword, Passwords, Secret};
use kernel::{Field, FieldErrors, FieldFault, FieldShape, Fields, Form, describe};
use std::fmt;
use users::{User, UserRepository};

const CURRENT_PASSWORD: Field<Secret<0, { usize::MAX }>> =
    Field::new("current_password", "The password until now.").example("korvapuusti");
const NEW_PASSWORD: Field<ChosenPassword> =
    Field::new("new_password", "Not a common one, and not of digits only.").example("laskiaispulla");

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
    /// A change from the password until now to another one.
    pub fn new(current: &str, new: NewPassword) -> Self {
        Self { current: Some(current.trim().to_owned()), new: Ok(new) }
    }

    /// Reads a form with `current_password` and `new_password`. What is wrong with them is told by
    /// [`hash`](Self::hash), the current password first.
    pub fn read(form: &Form) -> Self {
        Self::read_fields(&mut form.fields())
    }

    /// The fields of the form.
    pub fn fields() -> Vec<FieldShape> {
        describe(Self::read_fields)
    }

    fn read_fields(fields: &mut Fields<'_>) -> Self {
        let current = fields.attempt(&CURRENT_PASSWORD).ok().map(|current| current.as_str().to_owned());
        let new = fields.attempt(&NEW_PASSWORD).map_err(|fault| vec![fault]).and_then(NewPassword::judge);
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
            Err(faults) => {
                let mut errors = FieldErrors::default();
                for fault in faults {
                    errors.add(NEW_PASSWORD.name(), fault.clone());
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
