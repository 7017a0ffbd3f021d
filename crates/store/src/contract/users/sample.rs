//! Users for clauses to store, and short ways to store them.

use crate::Store;
use crate::contract::sample::{at, write};
use kernel::{Raw, UserId};
use users::{Email, User, UserDetails};

/// An e-mail address.
pub(crate) fn email(address: &str) -> Email {
    Email::parse(&Raw::Text(address.to_owned())).unwrap()
}

/// A plain user of this name.
pub(crate) fn person(name: &str) -> UserDetails {
    UserDetails::active(email(&format!("{name}@example.org")), "hash".to_owned(), at(0))
}

/// A user that may answer chats.
pub(crate) fn staff(name: &str) -> UserDetails {
    UserDetails { is_staff: true, ..person(name) }
}

/// Stores a user.
pub(crate) fn add(store: &dyn Store, user: &UserDetails) -> User {
    write(store, |tx| Ok(tx.insert_user(user)?))
}

/// Stores a plain user of this name.
pub(crate) fn add_person(store: &dyn Store, name: &str) -> UserId {
    add(store, &person(name)).id
}

/// Stores a user of this name that may answer chats.
pub(crate) fn add_staff(store: &dyn Store, name: &str) -> UserId {
    add(store, &staff(name)).id
}
