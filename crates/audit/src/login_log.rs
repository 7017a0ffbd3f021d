//! The log of logins: one row for every success and failure of an account.

use crate::AuditError;
use kernel::chrono::{NaiveDate, NaiveTime, SubsecRound};
use kernel::{CalendarDate, Field, FieldShape, Fields, Form, Instant, Text, TimeOfDay, UserId, describe, uuid_id};

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

    /// The row after an administrator's correction.
    #[must_use]
    pub fn corrected(self, correction: &LogCorrection) -> Self {
        Self {
            creation_date: correction.creation_date.get(),
            creation_time: correction.creation_time.get(),
            platform_os: correction.platform_os.to_string(),
            successful: correction.successful,
            description: correction.description.to_string(),
            ..self
        }
    }
}

const CREATION_DATE: Field<CalendarDate> = Field::new("creation_date", "The date of the login.").example("2026-11-20");
const CREATION_TIME: Field<TimeOfDay> =
    Field::new("creation_time", "The time of day of the login, `HH:MM[:SS[.ffffff]]`.").example("23:04:20");
const PLATFORM_OS: Field<LogText> = Field::new("platform_OS", "The client's platform.").example("web");
const SUCCESSFUL: Field<bool> = Field::new("successful", "Whether the login succeeded.").example("false");
const DESCRIPTION: Field<LogText> = Field::new("description", "What happened.").example("Login Failed");

/// Text of a login log, where an administrator writes it.
pub type LogText = Text<{ LoginLog::TEXT_MAX }>;

/// What a login log shall say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogCorrection {
    /// See [`LoginLog::creation_date`].
    pub creation_date: CalendarDate,
    /// See [`LoginLog::creation_time`].
    pub creation_time: TimeOfDay,
    /// See [`LoginLog::platform_os`].
    pub platform_os: LogText,
    /// See [`LoginLog::successful`].
    pub successful: bool,
    /// See [`LoginLog::description`].
    pub description: LogText,
}

impl LogCorrection {
    /// Reads a form; all five fields are needed.
    ///
    /// # Errors
    /// `InvalidCorrection` with everything that is wrong.
    pub fn read(form: &Form) -> Result<Self, AuditError> {
        let mut fields = form.fields();
        Self::read_fields(&mut fields).ok_or_else(|| AuditError::InvalidCorrection(fields.into_errors()))
    }

    /// The fields of the form.
    pub fn fields() -> Vec<FieldShape> {
        describe(Self::read_fields)
    }

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let creation_date = fields.required(&CREATION_DATE);
        let creation_time = fields.required(&CREATION_TIME);
        let platform_os = fields.required(&PLATFORM_OS);
        let successful = fields.required(&SUCCESSFUL);
        let description = fields.required(&DESCRIPTION);
        Some(Self {
            creation_date: creation_date?,
            creation_time: creation_time?,
            platform_os: platform_os?,
            successful: successful?,
            description: description?,
        })
    }
}
