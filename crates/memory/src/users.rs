//! The user table in memory.

use crate::checks::{count, length};
use crate::state::{State, Users};
use kernel::{PageRequest, Position, StoreError, UserId};
use std::sync::Arc;
use users::{User, UserDetails, UserError, UserFilter, UserRepository, UserState};

impl Users {
    pub(crate) fn contains(&self, id: UserId) -> bool {
        self.rows.contains_key(&id)
    }

    pub(crate) fn get(&self, id: UserId) -> Option<&User> {
        self.rows.get(&id)
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &User> {
        self.rows.values()
    }

    /// Refuses an e-mail or a user name that somebody other than `id` has.
    fn refuse_taken(&self, id: UserId, details: &UserDetails) -> Result<(), UserError> {
        let taken = self.rows().filter(|other| other.id != id).any(|other| {
            is_same(other.details.email.as_str(), details.email.as_str())
                || is_same(&other.details.username, &details.username)
        });
        if taken { Err(UserError::Taken) } else { Ok(()) }
    }
}

fn is_same(left: &str, right: &str) -> bool {
    left.to_lowercase() == right.to_lowercase()
}

fn lets_through(filter: &UserFilter, user: &User) -> bool {
    let details = &user.details;
    filter.is_active.is_none_or(|wanted| user.is_active(filter.now) == wanted)
        && filter.is_staff.is_none_or(|wanted| details.is_staff == wanted)
        && filter.is_superuser.is_none_or(|wanted| details.is_superuser == wanted)
        && filter.joined_from.is_none_or(|from| details.date_joined >= from)
        && filter.joined_before.is_none_or(|before| details.date_joined < before)
}

impl UserRepository for State {
    fn insert_user(&mut self, user: &UserDetails) -> Result<User, UserError> {
        let id = UserId(self.users.last + 1);
        self.users.refuse_taken(id, user)?;
        let user = User::new(id, user.clone());
        let users = Arc::make_mut(&mut self.users);
        users.last = id.0;
        users.rows.insert(id, user.clone());
        Ok(user)
    }

    fn find_user(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        Ok(self.users.get(id).cloned())
    }

    fn find_user_by_login(&mut self, login: &str) -> Result<Option<User>, StoreError> {
        let by_email = self.users.rows().find(|user| is_same(user.details.email.as_str(), login));
        let found = by_email.or_else(|| self.users.rows().find(|user| is_same(&user.details.username, login)));
        Ok(found.cloned())
    }

    fn list_users(&mut self, filter: &UserFilter, limit: u32) -> Result<Vec<User>, StoreError> {
        Ok(self.users.rows().filter(|user| lets_through(filter, user)).take(length(limit)).cloned().collect())
    }

    fn list_users_after(
        &mut self,
        filter: &UserFilter,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, User)>, StoreError> {
        let let_through = self.users.rows().filter(|user| lets_through(filter, user));
        let placed =
            let_through.map(|user| (Position(user.id.0), user)).filter(|(position, _)| *position > wanted.after);
        Ok(placed.take(length(wanted.limit)).map(|(position, user)| (position, user.clone())).collect())
    }

    fn count_superusers(&mut self) -> Result<u32, StoreError> {
        let superusers = self.users.rows().map(|user| &user.details);
        count(superusers.filter(|details| details.is_superuser && details.state == UserState::Active).count())
    }

    fn update_user(&mut self, user: &User) -> Result<(), UserError> {
        let Some(stored) = self.users.get(user.id) else { return Ok(()) };
        let date_joined = stored.details.date_joined;
        self.users.refuse_taken(user.id, &user.details)?;
        let mut user = user.clone();
        user.details.date_joined = date_joined;
        Arc::make_mut(&mut self.users).rows.insert(user.id, user);
        Ok(())
    }

    fn delete_user(&mut self, id: UserId) -> Result<bool, StoreError> {
        Ok(Arc::make_mut(&mut self.users).rows.remove(&id).is_some())
    }
}
