//! Lists a part of the users for an administrator.

use crate::AuthError;
use kernel::{Form, Instant, Page, PageRequest};
use users::{User, UserFilter, UserRepository};

/// A part of what [`list_users`](crate::list_users) answers, in the same order.
///
/// # Errors
/// `InvalidFilter`, `Store`.
pub fn page_users<R: UserRepository + ?Sized>(
    repo: &mut R,
    query: &Form,
    now: Instant,
    wanted: PageRequest,
) -> Result<Page<User>, AuthError> {
    let filter = UserFilter::read(query, now).ok_or(AuthError::InvalidFilter)?;
    Ok(Page::read(wanted, |wanted| repo.list_users_after(&filter, wanted))?)
}
