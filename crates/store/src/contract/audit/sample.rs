//! Login logs for clauses to store.

use crate::contract::sample::at;
use audit::{LoginLog, LoginLogId, LoginOutcome};
use kernel::{UserId, Uuid};

/// A login log.
pub(crate) fn login_log(number: u128, user: UserId, outcome: LoginOutcome) -> LoginLog {
    LoginLog::new(LoginLogId(Uuid::from_u128(number)), user, at(0), "web", outcome)
}
