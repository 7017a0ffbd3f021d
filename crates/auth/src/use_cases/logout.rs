//! Ends a login.

use crate::{AuthError, Caller, SessionRepository};
use kernel::Instant;

/// Ends the session that the caller's token comes from, and with it every token of that login.
///
/// # Errors
/// `Store`.
pub fn logout<R: SessionRepository + ?Sized>(repo: &mut R, caller: &Caller, now: Instant) -> Result<(), AuthError> {
    /// The longest life of any token on any surface: a refresh token of four days.
    const TOKEN_LIFE_SECONDS_MAX: i64 = 4 * 24 * 60 * 60;
    Ok(repo.revoke_session(caller.session, now.plus_seconds(TOKEN_LIFE_SECONDS_MAX))?)
}
