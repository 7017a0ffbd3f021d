//! Lists an administrator's own login logs.

use crate::AccountError;
use audit::{AuditError, LoginLog, LoginLogRepository};
use auth::Caller;
use kernel::chrono::NaiveDate;
use kernel::{Form, Period};

/// The caller's own login logs within the period that the query asks for, oldest first; the first `limit` of them
/// when there are more. See [`Period::read`].
///
/// # Errors
/// `Audit` with what is wrong with the filter, `Store`.
pub fn list_login_logs<R>(
    repo: &mut R,
    caller: &Caller,
    query: &Form,
    today: NaiveDate,
    limit: u32,
) -> Result<Vec<LoginLog>, AccountError>
where
    R: LoginLogRepository + ?Sized,
{
    let period = Period::read(query, today).map_err(AuditError::from)?;
    Ok(repo.list_login_logs(caller.id, &period, limit)?)
}
