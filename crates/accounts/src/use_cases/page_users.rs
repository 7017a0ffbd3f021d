//! Lists a part of the users for an administrator.

use crate::AccountError;
use kernel::{Page, PageRequest};
use users::{User, UserFilter, UserRepository};

/// A part of what [`list_users`](crate::list_users) answers, in the same order.
///
/// # Errors
/// `Store`.
pub fn page_users<R: UserRepository + ?Sized>(
    repo: &mut R,
    filter: &UserFilter,
    wanted: PageRequest,
) -> Result<Page<User>, AccountError> {
    Ok(Page::read(wanted, |wanted| repo.list_users_after(filter, wanted))?)
}
