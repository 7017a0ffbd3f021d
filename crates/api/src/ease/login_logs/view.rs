//! Login logs as clients write and read them.

use audit::{LogCorrection, LoginLog};
use http::body;
use http::wire;
use serde::Serialize;
use utoipa::ToSchema;

/// A login log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LoginLogView {
    /// Its identifier.
    #[schema(format = "uuid", example = "9b2f5a60-3c1e-4f7d-8a9b-0c1d2e3f4a5b")]
    id: String,
    /// Whose login it was.
    #[schema(example = 2)]
    user: i64,
    /// The date of the login.
    #[schema(format = "date", example = "2026-11-20")]
    creation_date: String,
    /// The time of day of the login.
    #[schema(format = "full time of day", example = "23:04:20")]
    creation_time: String,
    /// The client's platform.
    #[schema(max_length = 50, example = "web")]
    #[serde(rename = "platform_OS")]
    platform_os: String,
    /// Whether the login succeeded.
    #[schema(example = true)]
    successful: bool,
    /// What happened.
    #[schema(max_length = 50, example = "Login Successful")]
    description: String,
}

impl From<&LoginLog> for LoginLogView {
    fn from(log: &LoginLog) -> Self {
        Self {
            id: log.id.to_string(),
            user: log.user.0,
            creation_date: log.creation_date.to_string(),
            creation_time: wire::time(log.creation_time),
            platform_os: log.platform_os.clone(),
            successful: log.successful,
            description: log.description.clone(),
        }
    }
}

body! {
    /// What a login log shall say.
    pub(crate) CorrectionBody = LogCorrection::fields();
}
