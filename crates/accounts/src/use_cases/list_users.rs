//! Lists users for an administrator.

use crate::AccountError;
use kernel::{Form, Instant};
use users::{User, UserFilter, UserRepository};

/// The users that the query's filters let through, by number; the first `limit` of them when there are more. See
/// [`UserFilter::read`].
///
/// # Errors
/// `InvalidFilter`, `Store`.
pub fn list_users<R: UserRepository + ?Sized>(
    repo: &mut R,
    query: &Form,
    now: Instant,
    limit: u32,
) -> Result<Vec<User>, AccountError> {
    let filter = UserFilter::read(query, now).ok_or(AccountError::InvalidFilter)?;
    Ok(repo.list_users(&filter, limit)?)
}
