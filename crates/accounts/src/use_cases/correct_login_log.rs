//! Corrects a login log.

use crate::AccountError;
use audit::{Action, LogCorrection, LoginLog, LoginLogRepository, TrailEntry, TrailRepository};
use auth::Caller;
use kernel::Instant;

/// Changes what a login log shows. `log` was read in the same transaction by
/// [`get_login_log`](crate::get_login_log).
///
/// # Errors
/// `Store`.
pub fn correct_login_log<R>(
    repo: &mut R,
    caller: &Caller,
    log: LoginLog,
    correction: &LogCorrection,
    now: Instant,
) -> Result<LoginLog, AccountError>
where
    R: LoginLogRepository + TrailRepository + ?Sized,
{
    let log = log.corrected(correction);
    repo.update_login_log(&log)?;
    repo.append_trail(&TrailEntry {
        at: now,
        actor: Some(caller.id),
        action: Action::LoginLogCorrected,
        subject: log.user,
        details: log.id.to_string(),
    })?;
    Ok(log)
}
