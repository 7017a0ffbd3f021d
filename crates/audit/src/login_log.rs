//! The log of logins: one row for every success and failure of an account.

use crate::AuditError;
use kernel::chrono::{NaiveDate, NaiveTime, SubsecRound};
use kernel::{Form, Instant, Raw, Text, UserId, uuid_id};

uuid_id! {
    /// A login log's identifier.
    LoginLogId
}

/// How a login ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginOutcome {
    /// The caller got tokens.
    Successful,
    /// The caller got nothing.
    Failed,
}

impl LoginOutcome {
    /// The description that a new log row carries.
    pub fn description(self) -> &'static str {
        match self {
            Self::Successful => "Login Successful",
            Self::Failed => "Login Failed",
        }
    }
}

/// A row of the login log. Administrators may correct what it says, never whose it is or when it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginLog {
    /// Its identifier.
    pub id: LoginLogId,
    /// Whose login it was.
    pub user: UserId,
    /// When the server recorded it; what the lockout counts by.
    pub recorded_at: Instant,
    /// The date it shows.
    pub creation_date: NaiveDate,
    /// The time of day it shows.
    pub creation_time: NaiveTime,
    /// The client's platform, at most 50 characters, may be empty.
    pub platform_os: String,
    /// Whether the login succeeded.
    pub successful: bool,
    /// What happened, at most 50 characters.
    pub description: String,
}

impl LoginLog {
    /// The most characters of `platform_os` and of `description`.
    pub const TEXT_MAX: usize = 50;

    /// A new row for a login that ended now, shown to the second; `platform` is cut to 50 characters.
    pub fn new(id: LoginLogId, user: UserId, now: Instant, platform: &str, outcome: LoginOutcome) -> Self {
        Self {
            id,
            user,
            recorded_at: now,
            creation_date: now.date(),
            creation_time: now.time().trunc_subsecs(0),
            platform_os: platform.trim().chars().filter(|c| *c != '\0').take(Self::TEXT_MAX).collect(),
            successful: outcome == LoginOutcome::Successful,
            description: outcome.description().to_owned(),
        }
    }

    /// The row with an administrator's correction; all five fields are needed.
    ///
    /// # Errors
    /// `InvalidCorrection` with everything that is wrong.
    pub fn corrected(self, form: &Form) -> Result<Self, AuditError> {
        let mut fields = form.fields();
        let date = fields.required_by("creation_date", Raw::as_date);
        let time = fields.required_by("creation_time", Raw::as_time);
        let platform_os = fields.required_by("platform_OS", Text::<{ Self::TEXT_MAX }>::parse);
        let successful = fields.required_by("successful", Raw::as_bool);
        let description = fields.required_by("description", Text::<{ Self::TEXT_MAX }>::parse);
        match (date, time, platform_os, successful, description) {
            (Some(creation_date), Some(creation_time), Some(platform_os), Some(successful), Some(description)) => {
                Ok(Self {
                    creation_date,
                    creation_time,
                    platform_os: platform_os.as_str().to_owned(),
                    successful,
                    description: description.as_str().to_owned(),
                    ..self
                })
            }
            _ => Err(AuditError::InvalidCorrection(fields.into_errors())),
        }
    }
}
