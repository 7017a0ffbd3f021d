//! Lists an administrator's own login logs.

use crate::AccountError;
use audit::{LoginLog, LoginLogRepository};
use auth::Caller;
use kernel::Period;

/// The caller's own login logs within the period, oldest first; the first `limit` of them when there are more.
///
/// # Errors
/// `Store`.
pub fn list_login_logs<R>(
    repo: &mut R,
    caller: &Caller,
    period: &Period,
    limit: u32,
) -> Result<Vec<LoginLog>, AccountError>
where
    R: LoginLogRepository + ?Sized,
{
    Ok(repo.list_login_logs(caller.id, period, limit)?)
}
