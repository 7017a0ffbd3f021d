//! Reads one login log.

use crate::{AccountError, rights};
use audit::{AuditError, LoginLog, LoginLogId, LoginLogRepository};
use auth::Caller;
use users::UserRepository;

/// The login log: one's own, or that of an account that one outranks.
///
/// # Errors
/// `Audit(LogNotFound)`, `Forbidden`, `Store`.
pub fn get_login_log<R>(repo: &mut R, caller: &Caller, id: LoginLogId) -> Result<LoginLog, AccountError>
where
    R: LoginLogRepository + UserRepository + ?Sized,
{
    rights::require_administrator(caller)?;
    let log = repo.find_login_log(id)?.ok_or(AuditError::LogNotFound)?;
    let owner = repo.find_user(log.user)?.ok_or(AuditError::LogNotFound)?;
    rights::require_login_log_access(caller, owner.id, owner.role())?;
    Ok(log)
}
