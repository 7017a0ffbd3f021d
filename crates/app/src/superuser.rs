//! Creates superusers: from the command line, or the first one at a start.

use crate::config::FirstSuperuser;
use accounts::{AccountError, NewSuperuser};
use auth::Passwords;
use http::sentences::for_field as sentence_for_field;
use kernel::{Clock, FieldErrors, StoreError};
use std::error::Error;
use store::Store;
use thiserror::Error;
use users::{Email, Role};

/// Why no superuser was created.
#[derive(Debug, Error)]
pub(crate) enum SuperuserError {
    /// The address or the password breaks a rule; the sentences say which.
    #[error("{}", listed(.0))]
    Refused(FieldErrors),
    /// The address belongs to a superuser.
    #[error("{0} is a superuser already")]
    IsSuperuser(String),
    /// The address belongs to a user who is no superuser.
    #[error(
        "{0} belongs to an account that is no superuser; take another address, and let the new superuser raise \
             that account with PUT /api/superadmin/user/<id>/"
    )]
    IsSomebody(String),
    /// Any other error.
    #[error(transparent)]
    Other(#[from] Box<dyn Error + Send + Sync>),
}

impl From<AccountError> for SuperuserError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Fields(errors) => Self::Refused(errors),
            error => Self::Other(error.into()),
        }
    }
}

impl From<StoreError> for SuperuserError {
    fn from(error: StoreError) -> Self {
        Self::Other(error.into())
    }
}

fn listed(errors: &FieldErrors) -> String {
    let sentences = errors.iter().flat_map(|(name, problems)| {
        problems.iter().map(move |problem| format!("{name}: {}", sentence_for_field(problem)))
    });
    sentences.collect::<Vec<_>>().join("\n")
}

/// Refuses an address that is taken.
///
/// # Errors
/// `IsSuperuser`, `IsSomebody`, or that the store failed.
pub(crate) fn refuse_taken(store: &dyn Store, email: &Email) -> Result<(), SuperuserError> {
    let found = store.read(|tx| -> Result<_, StoreError> { tx.find_user_by_login(email.as_str()) })?;
    match found {
        None => Ok(()),
        Some(user) if user.role() == Role::Superuser => Err(SuperuserError::IsSuperuser(email.to_string())),
        Some(_) => Err(SuperuserError::IsSomebody(email.to_string())),
    }
}

/// Creates a superuser.
///
/// # Errors
/// What is wrong with the address or the password, or that the address is taken.
pub(crate) fn make(
    store: &dyn Store,
    passwords: Passwords,
    clock: &dyn Clock,
    new: &NewSuperuser,
) -> Result<(), SuperuserError> {
    refuse_taken(store, &new.email)?;
    let hash = passwords.hash(new.password.as_str()).map_err(|error| SuperuserError::Other(error.into()))?;
    match store.write(|tx| accounts::create_superuser(tx, clock.now(), new, &hash)) {
        Ok(_user) => Ok(()),
        // Another process was faster.
        Err(AccountError::Taken) => refuse_taken(store, &new.email),
        Err(error) => Err(error.into()),
    }
}

/// Whether there is a superuser that may log in.
///
/// # Errors
/// When the store fails.
pub(crate) fn exists(store: &dyn Store) -> Result<bool, StoreError> {
    store.read(|tx| tx.count_superusers()).map(|count| count > 0)
}

/// Creates the configured superuser when there is none. Of several nodes that start at the same moment, one creates it.
///
/// # Errors
/// The errors of [`make`], except that the account was just created.
pub(crate) fn make_first(
    store: &dyn Store,
    passwords: Passwords,
    clock: &dyn Clock,
    first: &FirstSuperuser,
) -> Result<(), SuperuserError> {
    if exists(store)? {
        return Ok(());
    }
    let new = NewSuperuser::read(first.email.as_str(), first.password.reveal())?;
    match make(store, passwords, clock, &new) {
        Err(SuperuserError::IsSuperuser(_)) if exists(store)? => Ok(()),
        Err(error) => Err(error),
        Ok(()) => {
            tracing::info!(email = new.email.as_str(), "the first superuser was made");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;
    use crate::config::Secret;
    use kernel::{Instant, Raw};
    use memory::MemoryStore;
    use users::UserDetails;

    fn email(text: &str) -> Email {
        Email::parse(&Raw::Text(text.to_owned())).unwrap()
    }

    fn first(password: &str) -> FirstSuperuser {
        FirstSuperuser { email: email("root@example.org"), password: Secret::new(password.to_owned()) }
    }

    fn start(store: &MemoryStore, password: &str) -> Result<(), SuperuserError> {
        make_first(store, Passwords::new(10), &SystemClock, &first(password))
    }

    #[test]
    fn the_first_superuser_is_made_once() {
        let store = MemoryStore::default();
        start(&store, "korvapuusti").unwrap();
        start(&store, "another-korvapuusti").unwrap();
        let store: &dyn Store = &store;
        let users = store
            .read(|tx| -> Result<_, StoreError> {
                tx.list_users(&users::UserFilter::everybody(SystemClock.now()), u32::MAX)
            })
            .unwrap();
        assert_eq!(users.len(), 1);
        assert_eq!(users[0].role(), Role::Superuser);
        assert!(Passwords::new(10).verify("korvapuusti", &users[0].details.password_hash));
        let trail = store.read(|tx| -> Result<_, StoreError> { audit::TrailRepository::list_trail(tx, 9) }).unwrap();
        assert_eq!(trail.len(), 1);
    }

    #[test]
    fn a_weak_password_is_refused_with_every_reason() {
        let refusal = start(&MemoryStore::default(), "12345").unwrap_err().to_string();
        assert!(refusal.contains("password: This password is too short."), "{refusal}");
        assert!(refusal.contains("password: This password is entirely numeric."), "{refusal}");
    }

    #[test]
    fn an_address_that_somebody_has_is_refused() {
        let store = MemoryStore::default();
        let erased: &dyn Store = &store;
        let now: Instant = SystemClock.now();
        erased
            .write(|tx| -> Result<_, AccountError> {
                Ok(tx.insert_user(&UserDetails::active(email("root@example.org"), String::new(), now))?)
            })
            .unwrap();
        let refusal = start(&store, "korvapuusti").unwrap_err();
        assert!(matches!(&refusal, SuperuserError::IsSomebody(_)));
        assert!(refusal.to_string().contains("is no superuser"));
    }

    #[test]
    fn a_second_superuser_with_the_same_address_is_refused() {
        let store = MemoryStore::default();
        start(&store, "korvapuusti").unwrap();
        let refusal = refuse_taken(&store, &email("root@example.org")).unwrap_err();
        assert_eq!(refusal.to_string(), "root@example.org is a superuser already");
    }
}
