//! The user table in memory.

use super::{State, count, length, part};
use kernel::{PageRequest, Position, StoreError, UserId};
use users::{NewUser, User, UserError, UserFilter, UserRepository, UserState};

impl State {
    /// Refuses an e-mail or a user name that somebody other than `id` has.
    fn refuse_taken(&self, id: UserId, profile: &NewUser) -> Result<(), UserError> {
        let taken = self.users.values().filter(|other| other.id != id).any(|other| {
            is_same(other.profile.email.as_str(), profile.email.as_str())
                || is_same(&other.profile.username, &profile.username)
        });
        if taken { Err(UserError::Taken) } else { Ok(()) }
    }
}

fn is_same(left: &str, right: &str) -> bool {
    left.to_lowercase() == right.to_lowercase()
}

fn lets_through(filter: &UserFilter, user: &User) -> bool {
    let profile = &user.profile;
    filter.is_active.is_none_or(|wanted| user.is_active(filter.now) == wanted)
        && filter.is_staff.is_none_or(|wanted| profile.is_staff == wanted)
        && filter.is_superuser.is_none_or(|wanted| profile.is_superuser == wanted)
        && filter.joined_from.is_none_or(|from| profile.date_joined >= from)
        && filter.joined_before.is_none_or(|before| profile.date_joined < before)
}

impl UserRepository for State {
    fn insert_user(&mut self, user: &NewUser) -> Result<User, UserError> {
        let id = UserId(self.last_user + 1);
        self.refuse_taken(id, user)?;
        self.last_user = id.0;
        let user = User::new(id, user.clone());
        self.users.insert(id, user.clone());
        Ok(user)
    }

    fn find_user(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        Ok(self.users.get(&id).cloned())
    }

    fn find_user_by_login(&mut self, login: &str) -> Result<Option<User>, StoreError> {
        let by_email = self.users.values().find(|user| is_same(user.profile.email.as_str(), login));
        let found = by_email.or_else(|| self.users.values().find(|user| is_same(&user.profile.username, login)));
        Ok(found.cloned())
    }

    fn list_users(&mut self, filter: &UserFilter, limit: u32) -> Result<Vec<User>, StoreError> {
        Ok(self.users.values().filter(|user| lets_through(filter, user)).take(length(limit)).cloned().collect())
    }

    fn list_users_after(
        &mut self,
        filter: &UserFilter,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, User)>, StoreError> {
        let let_through = self.users.values().filter(|user| lets_through(filter, user));
        Ok(part(let_through, |user| Position(user.id.0), wanted))
    }

    fn count_superusers(&mut self) -> Result<u32, StoreError> {
        let superusers = self.users.values().map(|user| &user.profile);
        count(superusers.filter(|profile| profile.is_superuser && profile.state == UserState::Active).count())
    }

    fn update_user(&mut self, user: &User) -> Result<(), UserError> {
        let Some(stored) = self.users.get(&user.id) else { return Ok(()) };
        let date_joined = stored.profile.date_joined;
        self.refuse_taken(user.id, &user.profile)?;
        let mut user = user.clone();
        user.profile.date_joined = date_joined;
        self.users.insert(user.id, user);
        Ok(())
    }

    fn delete_user(&mut self, id: UserId) -> Result<bool, StoreError> {
        if self.users.remove(&id).is_none() {
            return Ok(false);
        }
        self.entries.retain(|entry| entry.owner != id);
        self.login_logs.retain(|log| log.user != id);
        self.remove_chats(|chat| chat.has_member(id));
        self.messages.retain(|message| message.content.sender != id);
        self.given_a_chat_at.remove(&id);
        self.answers.retain(|_, answer| answer.owner != Some(id));
        Ok(true)
    }
}
