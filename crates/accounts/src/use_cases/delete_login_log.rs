//! Deletes a login log.

use crate::AccountError;
use audit::{Action, LoginLog, LoginLogRepository, TrailEntry, TrailRepository};
use auth::Caller;
use kernel::Instant;

/// Removes a login log that was read in the same transaction by [`get_login_log`](crate::get_login_log).
///
/// # Errors
/// `Store`.
pub fn delete_login_log<R>(repo: &mut R, caller: &Caller, log: &LoginLog, now: Instant) -> Result<(), AccountError>
where
    R: LoginLogRepository + TrailRepository + ?Sized,
{
    repo.delete_login_log(log.id)?;
    Ok(repo.append_trail(&TrailEntry {
        at: now,
        actor: Some(caller.id),
        action: Action::LoginLogDeleted,
        subject: log.user,
        details: log.id.to_string(),
    })?)
}
