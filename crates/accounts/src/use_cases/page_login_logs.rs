//! Lists a part of an administrator's own login logs.

use crate::AccountError;
use audit::{LoginLog, LoginLogRepository};
use auth::Caller;
use kernel::{Page, PageRequest, Period};

/// A part of what [`list_login_logs`](crate::list_login_logs) answers, in the same order.
///
/// # Errors
/// `Store`.
pub fn page_login_logs<R>(
    repo: &mut R,
    caller: &Caller,
    period: &Period,
    wanted: PageRequest,
) -> Result<Page<LoginLog>, AccountError>
where
    R: LoginLogRepository + ?Sized,
{
    Ok(Page::read(wanted, |wanted| repo.list_login_logs_after(caller.id, period, wanted))?)
}
