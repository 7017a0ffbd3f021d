//! Lists users for an administrator.

use crate::AccountError;
use users::{User, UserFilter, UserRepository};

/// The users that the filter lets through, by number; the first `limit` of them when there are more.
///
/// # Errors
/// `Store`.
pub fn list_users<R: UserRepository + ?Sized>(
    repo: &mut R,
    filter: &UserFilter,
    limit: u32,
) -> Result<Vec<User>, AccountError> {
    Ok(repo.list_users(filter, limit)?)
}
