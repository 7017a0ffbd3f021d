//! A row of the user table, as it is read and as it is written.
#![expect(single_use_lifetimes, reason = "the derives of what is written need the lifetime's name")]
#![expect(clippy::struct_excessive_bools, reason = "a row has the columns of its table")]

use crate::row_types::{DbInstant, DbUuid};
use crate::users::schema::users;
use ::users::{Email, User, UserDetails, UserState};
use diesel::prelude::*;
use kernel::{SessionId, StoreError, UserId};

/// A whole row, in the order of the table.
#[derive(Queryable)]
pub(super) struct UserRow {
    id: i64,
    email: String,
    username: String,
    _username_key: String,
    password_hash: String,
    first_name: String,
    last_name: String,
    phone_number: String,
    bio: String,
    is_staff: bool,
    is_superuser: bool,
    is_operator: bool,
    state: String,
    email_verified: bool,
    date_joined: DbInstant,
    locked_until: Option<DbInstant>,
    failures_counted_from: Option<DbInstant>,
    token_version: i64,
    kept_session: Option<DbUuid>,
    last_login: Option<DbInstant>,
}

impl UserRow {
    pub(super) fn into_user(self) -> Result<User, StoreError> {
        Ok(User {
            id: UserId(self.id),
            details: UserDetails {
                email: Email::stored(self.email),
                username: self.username,
                password_hash: self.password_hash,
                first_name: self.first_name,
                last_name: self.last_name,
                phone_number: self.phone_number,
                bio: self.bio,
                is_staff: self.is_staff,
                is_superuser: self.is_superuser,
                is_operator: self.is_operator,
                state: stored_state(&self.state)?,
                email_verified: self.email_verified,
                date_joined: self.date_joined.0,
            },
            locked_until: self.locked_until.map(|at| at.0),
            failures_counted_from: self.failures_counted_from.map(|at| at.0),
            token_version: self.token_version,
            kept_session: self.kept_session.map(|session| SessionId(session.0)),
            last_login: self.last_login.map(|at| at.0),
        })
    }
}

/// The state that a row keeps.
pub(crate) fn stored_state(word: &str) -> Result<UserState, StoreError> {
    UserState::from_word(word).ok_or_else(|| StoreError::fault("a user in no known state"))
}

/// Everything that may change of a user.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = users, treat_none_as_null = true)]
pub(super) struct UserValues<'a> {
    email: &'a str,
    username: &'a str,
    username_key: String,
    password_hash: &'a str,
    first_name: &'a str,
    last_name: &'a str,
    phone_number: &'a str,
    bio: &'a str,
    is_staff: bool,
    is_superuser: bool,
    is_operator: bool,
    state: &'a str,
    email_verified: bool,
    locked_until: Option<DbInstant>,
    failures_counted_from: Option<DbInstant>,
    token_version: i64,
    kept_session: Option<DbUuid>,
    last_login: Option<DbInstant>,
}

impl<'a> UserValues<'a> {
    pub(super) fn of(user: &'a User) -> Self {
        let details = &user.details;
        Self {
            email: details.email.as_str(),
            username: &details.username,
            username_key: details.username.to_lowercase(),
            password_hash: &details.password_hash,
            first_name: &details.first_name,
            last_name: &details.last_name,
            phone_number: &details.phone_number,
            bio: &details.bio,
            is_staff: details.is_staff,
            is_superuser: details.is_superuser,
            is_operator: details.is_operator,
            state: details.state.as_str(),
            email_verified: details.email_verified,
            locked_until: user.locked_until.map(DbInstant),
            failures_counted_from: user.failures_counted_from.map(DbInstant),
            token_version: user.token_version,
            kept_session: user.kept_session.map(|session| DbUuid(session.0)),
            last_login: user.last_login.map(DbInstant),
        }
    }
}
