#![doc = include_str!("../README.md")]

mod error;
mod lockout;
mod login_log;
mod ports;
mod trail;

pub use error::AuditError;
pub use lockout::{LockTime, LockoutRule};
pub use login_log::{LogCorrection, LogText, LoginLog, LoginLogId, LoginOutcome};
pub use ports::{LoginLogRepository, TrailRepository};
pub use trail::{Action, TrailEntry};
