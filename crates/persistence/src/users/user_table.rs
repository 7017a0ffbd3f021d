//! The user table.

use crate::connection::{MultiBackend, SqlConnection};
use crate::row_types::DbInstant;
use crate::tx::SqlTx;
use crate::users::rows::{UserRow, UserValues};
use crate::users::schema::users;
use ::users::{User, UserDetails, UserError, UserFilter, UserRepository, UserState};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use kernel::{PageRequest, Position, StoreError, UserId};

/// The two unique keys are the e-mail and the user name, so a taken key is a taken name.
fn taken(error: &Error) -> Option<UserError> {
    matches!(error, Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)).then_some(UserError::Taken)
}

impl UserRepository for SqlTx<'_> {
    fn insert_user(&mut self, user: &UserDetails) -> Result<User, UserError> {
        let mut user = User::new(UserId(0), user.clone());
        let id = self.attempt(
            |connection| {
                diesel::insert_into(users::table)
                    .values((UserValues::of(&user), users::date_joined.eq(DbInstant(user.details.date_joined))))
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
