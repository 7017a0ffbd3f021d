//! The user table.
#![expect(single_use_lifetimes, reason = "the derives of what is written need the lifetime's name")]
#![expect(clippy::struct_excessive_bools, reason = "a row has the columns of its table")]

use super::connection::{MultiBackend, SqlConnection};
use super::row_types::{DbInstant, DbUuid};
use super::schema::users;
use super::tx::SqlTx;
use ::users::{Email, NewUser, User, UserError, UserFilter, UserRepository, UserState};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use kernel::{PageRequest, Position, SessionId, StoreError, UserId};

/// A whole row, in the order of the table.
#[derive(Queryable)]
struct UserRow {
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
    fn into_user(self) -> Result<User, StoreError> {
        Ok(User {
            id: UserId(self.id),
            profile: NewUser {
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
pub(super) fn stored_state(word: &str) -> Result<UserState, StoreError> {
    UserState::from_word(word).ok_or_else(|| StoreError::fault("a user in no known state"))
}

/// Everything that may change of a user.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = users, treat_none_as_null = true)]
struct UserValues<'a> {
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
    fn of(user: &'a User) -> Self {
        let profile = &user.profile;
        Self {
            email: profile.email.as_str(),
            username: &profile.username,
            username_key: profile.username.to_lowercase(),
            password_hash: &profile.password_hash,
            first_name: &profile.first_name,
            last_name: &profile.last_name,
            phone_number: &profile.phone_number,
            bio: &profile.bio,
            is_staff: profile.is_staff,
            is_superuser: profile.is_superuser,
            is_operator: profile.is_operator,
            state: profile.state.as_str(),
            email_verified: profile.email_verified,
            locked_until: user.locked_until.map(DbInstant),
            failures_counted_from: user.failures_counted_from.map(DbInstant),
            token_version: user.token_version,
            kept_session: user.kept_session.map(|session| DbUuid(session.0)),
            last_login: user.last_login.map(DbInstant),
        }
    }
}

/// The two unique keys are the e-mail and the user name, so a taken key is a taken name.
fn taken(error: &Error) -> Option<UserError> {
    matches!(error, Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)).then_some(UserError::Taken)
}

impl UserRepository for SqlTx<'_> {
    fn insert_user(&mut self, user: &NewUser) -> Result<User, UserError> {
        let mut user = User::new(UserId(0), user.clone());
        let id = self.attempt(
            |connection| {
                diesel::insert_into(users::table)
                    .values((UserValues::of(&user), users::date_joined.eq(DbInstant(user.profile.date_joined))))
                    .returning(users::id)
                    .get_result(connection)
            },
            taken,
        )?;
        user.id = UserId(id);
        Ok(user)
    }

    fn find_user(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        let row = self.run(|connection| users::table.find(id.0).get_result::<UserRow>(connection).optional())?;
        row.map(UserRow::into_user).transpose()
    }

    fn find_user_by_login(&mut self, login: &str) -> Result<Option<User>, StoreError> {
        let login = login.to_lowercase();
        let row = self.run(|connection| {
            users::table
                .filter(users::email.eq(&login).or(users::username_key.eq(&login)))
                // Whose e-mail it is comes before whose user name it is.
                .order(users::email.eq(&login).desc())
                .first::<UserRow>(connection)
                .optional()
        })?;
        row.map(UserRow::into_user).transpose()
    }

    fn list_users(&mut self, filter: &UserFilter, limit: u32) -> Result<Vec<User>, StoreError> {
        let rows = self
            .run(|connection| let_through(filter).order(users::id).limit(limit.into()).load::<UserRow>(connection))?;
        rows.into_iter().map(UserRow::into_user).collect()
    }

    fn list_users_after(
        &mut self,
        filter: &UserFilter,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, User)>, StoreError> {
        let rows = self.run(|connection| {
            let after = let_through(filter).filter(users::id.gt(wanted.after.0));
            after.order(users::id).limit(wanted.limit.into()).load::<UserRow>(connection)
        })?;
        let users = rows.into_iter().map(UserRow::into_user);
        users.map(|user| user.map(|user| (Position(user.id.0), user))).collect()
    }

    fn count_superusers(&mut self) -> Result<u32, StoreError> {
        let count = self.run(|connection| {
            users::table
                .filter(users::is_superuser.and(users::state.eq(UserState::Active.as_str())))
                // Says nothing new, but lets SQLite see that the index of administrators serves.
                .filter(users::is_staff.or(users::is_superuser))
                .count()
                .get_result::<i64>(connection)
        })?;
        u32::try_from(count).map_err(StoreError::fault)
    }

    fn update_user(&mut self, user: &User) -> Result<(), UserError> {
        let update = |connection: &mut SqlConnection| {
            diesel::update(users::table.find(user.id.0)).set(UserValues::of(user)).execute(connection)
        };
        self.attempt(update, taken).map(drop)
    }

    fn delete_user(&mut self, id: UserId) -> Result<bool, StoreError> {
        self.run(|connection| diesel::delete(users::table.find(id.0)).execute(connection)).map(|rows| rows > 0)
    }
}

/// The users that a filter lets through.
fn let_through(filter: &UserFilter) -> users::BoxedQuery<'static, MultiBackend> {
    let mut query = users::table.into_boxed::<MultiBackend>();
    if let Some(is_active) = filter.is_active {
        let now = DbInstant(filter.now);
        // Written out for both answers: the negation of a comparison with NULL is neither.
        let active = users::state.eq(UserState::Active.as_str());
        let unlocked = users::locked_until.is_null().or(users::locked_until.le(now).assume_not_null());
        let locked = users::locked_until.gt(now).assume_not_null();
        query = if is_active {
            query.filter(active.and(unlocked))
        } else {
            query.filter(users::state.ne(UserState::Active.as_str()).or(users::locked_until.is_not_null().and(locked)))
        };
    }
    if let Some(is_staff) = filter.is_staff {
        query = query.filter(users::is_staff.eq(is_staff));
    }
    if let Some(is_superuser) = filter.is_superuser {
        query = query.filter(users::is_superuser.eq(is_superuser));
    }
    if let Some(from) = filter.joined_from {
        query = query.filter(users::date_joined.ge(DbInstant(from)));
    }
    if let Some(before) = filter.joined_before {
        query = query.filter(users::date_joined.lt(DbInstant(before)));
    }
    query
}
