//! What this crate asks of a store. Every method works inside one open transaction.

use crate::{User, UserDetails, UserError, UserFilter};
use kernel::{PageRequest, Position, StoreError, UserId};

/// The user table.
pub trait UserRepository {
    /// Adds a user under a new number, larger than any before it, those of deleted users included.
    ///
    /// # Errors
    /// `Taken` when the e-mail or the user name (whatever its case) is another user's; the transaction MUST stay usable.
    fn insert_user(&mut self, details: &UserDetails) -> Result<User, UserError>;

    /// Finds a user.
    fn find_user(&mut self, id: UserId) -> Result<Option<User>, StoreError>;

    /// Finds the user whose e-mail is `login`, or else whose user name is, whatever the case.
    fn find_user_by_login(&mut self, login: &str) -> Result<Option<User>, StoreError>;

    /// The users that the filter lets through, by number; the first `limit` of them when there are more.
    fn list_users(&mut self, filter: &UserFilter, limit: u32) -> Result<Vec<User>, StoreError>;

    /// The first users that the filter lets through after a position, with their positions, which MUST be their numbers; at most as
    /// many as wanted.
    fn list_users_after(
        &mut self,
        filter: &UserFilter,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, User)>, StoreError>;

    /// How many superusers are in the state `Active`, locked ones included.
    fn count_superusers(&mut self) -> Result<u32, StoreError>;

    /// Stores everything that may change of a user (all but `id` and `date_joined`). A user that is not there is left alone.
    ///
    /// # Errors
    /// `Taken` as for `insert_user`; the transaction MUST stay usable.
    fn update_user(&mut self, user: &User) -> Result<(), UserError>;

    /// Removes a user; `false` when it was not there. Whatever refers to the user is removed before it, through the port
    /// that keeps it; what a store does with something that is left is not defined.
    fn delete_user(&mut self, id: UserId) -> Result<bool, StoreError>;
}
