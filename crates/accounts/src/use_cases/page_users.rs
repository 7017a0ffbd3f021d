//! Lists a part of the users for an administrator.

use crate::AccountError;
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
) -> Result<Page<User>, AccountError> {
    let filter = UserFilter::read(query, now).ok_or(AccountError::InvalidFilter)?;
    Ok(Page::read(wanted, |wanted| repo.list_users_after(&filter, wanted))?)
}
