//! What this crate refuses.

use audit::AuditError;
use chat::ChatError;
use kernel::{Failure, FieldErrors, FieldFault, Kind, StoreError};
use thiserror::Error;
use users::UserError;

/// A refusal to administer an account or a login log. The codes begin with `auth.`, because clients know them so.
#[derive(Debug, Error)]
pub enum AccountError {
    /// The caller is known, and may not.
    #[error("the caller may not do this")]
    Forbidden,
    /// Fields that break a rule.
    #[error(transparent)]
    Fields(#[from] FieldErrors),
    /// Another user has the e-mail or user name.
    #[error("another user has this e-mail or user name")]
    Taken,
    /// A password that breaks the rules, each one named.
    #[error("the password is too weak")]
    WeakPassword(Vec<FieldFault>),
    /// A change of a user that is not valid.
    #[error("the change is not valid")]
    InvalidUpdate {
        /// The address of the user that was to be changed.
        email: String,
    },
    /// A list filter that cannot be read.
    #[error("the filter cannot be read")]
    InvalidFilter,
    /// There is no such user.
    #[error("no such user")]
    UserMissing,
    /// The login log refused.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// The chats refused.
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<UserError> for AccountError {
    fn from(error: UserError) -> Self {
        match error {
            UserError::Taken => Self::Taken,
            UserError::Store(error) => Self::Store(error),
        }
    }
}

impl Failure for AccountError {
    fn kind(&self) -> Kind {
        match self {
            Self::Forbidden => Kind::Forbidden,
            Self::Fields(_)
            | Self::Taken
            | Self::WeakPassword(_)
            | Self::InvalidUpdate { .. }
            | Self::InvalidFilter => Kind::Invalid,
            Self::UserMissing => Kind::NotFound,
            Self::Audit(error) => error.kind(),
            Self::Chat(error) => error.kind(),
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Forbidden => "auth.forbidden",
            Self::Fields(_) => "auth.fields",
            Self::Taken => "auth.email_taken",
            Self::WeakPassword(_) => "auth.weak_password",
            Self::InvalidUpdate { .. } => "auth.invalid_update",
            Self::InvalidFilter => "auth.invalid_filter",
            Self::UserMissing => "auth.user_missing",
            Self::Audit(error) => error.code(),
            Self::Chat(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }

    fn field_errors(&self) -> Option<&FieldErrors> {
        match self {
            Self::Fields(errors) => Some(errors),
            Self::Audit(error) => error.field_errors(),
            Self::Chat(error) => error.field_errors(),
            _ => None,
        }
    }

    fn faults(&self) -> &[FieldFault] {
        match self {
            Self::WeakPassword(faults) => faults,
            _ => &[],
        }
    }

    fn subject(&self) -> Option<&str> {
        match self {
            Self::InvalidUpdate { email } => Some(email),
            _ => None,
        }
    }

    fn retryable(&self) -> bool {
        match self {
            Self::Audit(error) => error.retryable(),
            Self::Chat(error) => error.retryable(),
            Self::Store(error) => error.retryable(),
            _ => false,
        }
    }
}
