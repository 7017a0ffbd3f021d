//! Corrects a login log.

use crate::AccountError;
use audit::{Action, LoginLog, LoginLogRepository, TrailEntry, TrailRepository};
use auth::Caller;
use kernel::{Form, Instant};

/// Changes what a login log shows; see [`LoginLog::corrected`]. `log` was read in the same transaction by
/// [`get_login_log`](crate::get_login_log).
///
/// # Errors
/// `Audit(InvalidCorrection)`, `Store`.
pub fn correct_login_log<R>(
    repo: &mut R,
    caller: &Caller,
    log: LoginLog,
    form: &Form,
    now: Instant,
) -> Result<LoginLog, AccountError>
where
    R: LoginLogRepository + TrailRepository + ?Sized,
{
    let log = log.corrected(form)?;
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
