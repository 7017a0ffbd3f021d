//! Lists a part of an administrator's own login logs.

use crate::AccountError;
use audit::{AuditError, LoginLog, LoginLogRepository};
use auth::Caller;
use kernel::chrono::NaiveDate;
use kernel::{Form, Page, PageRequest, Period};

/// A part of what [`list_login_logs`](crate::list_login_logs) answers, in the same order.
///
/// # Errors
/// `Audit` with what is wrong with the filter, `Store`.
pub fn page_login_logs<R>(
    repo: &mut R,
    caller: &Caller,
    query: &Form,
    today: NaiveDate,
    wanted: PageRequest,
) -> Result<Page<LoginLog>, AccountError>
where
    R: LoginLogRepository + ?Sized,
{
    let period = Period::read(query, today).map_err(AuditError::from)?;
    Ok(Page::read(wanted, |wanted| repo.list_login_logs_after(caller.id, &period, wanted))?)
}
