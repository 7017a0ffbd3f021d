//! What this crate refuses.

use crate::HashError;
use kernel::{Failure, FieldErrors, Kind, StoreError};
use thiserror::Error;
use users::UserError;

/// A refusal to let somebody in or do something.
#[derive(Debug, Error)]
pub enum AuthError {
    /// No credentials came with the request.
    #[error("no credentials")]
    NoCredentials,
    /// The header has another number of words than two.
    #[error("the authorization header does not have two words")]
    BadHeader,
    /// The token is forged, expired, of the wrong kind, or older than the last change of the password.
    #[error("the token is not valid")]
    TokenInvalid,
    /// The opaque key is not known.
    #[error("the key is not known")]
    KeyUnknown,
    /// The token's session was logged out.
    #[error("the session was logged out")]
    TokenRevoked,
    /// The token's user is blocked or pending.
    #[error("the user is not active")]
    UserInactive,
    /// The token's user is gone.
    #[error("the user is gone")]
    UserGone,
    /// The caller is known, and may not.
    #[error("the caller may not do this")]
    Forbidden,
    /// Fields that break a rule.
    #[error(transparent)]
    Fields(#[from] FieldErrors),
    /// Another user has the e-mail or user name.
    #[error("another user has this e-mail or user name")]
    Taken,
    /// A registration with a malformed address or a weak password.
    #[error("the address or the password is not acceptable")]
    BadRegistration,
    /// The password is wrong.
    #[error("the password is wrong")]
    WrongCredentials,
    /// Nobody has this login name.
    #[error("nobody has this login name")]
    UnknownLogin,
    /// The password is right, but the account is blocked, pending or locked.
    #[error("the account may not log in")]
    AccountBlocked,
    /// The current password, given to change it, is wrong or missing.
    #[error("the current password is wrong")]
    WrongCurrentPassword,
    /// A password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<UserError> for AuthError {
    fn from(error: UserError) -> Self {
        match error {
            UserError::Taken => Self::Taken,
            UserError::Store(error) => Self::Store(error),
        }
    }
}

impl Failure for AuthError {
    fn kind(&self) -> Kind {
        match self {
            Self::NoCredentials
            | Self::BadHeader
            | Self::TokenInvalid
            | Self::KeyUnknown
            | Self::TokenRevoked
            | Self::UserInactive
            | Self::UserGone => Kind::Unauthenticated,
            Self::Forbidden | Self::AccountBlocked => Kind::Forbidden,
            Self::Fields(_)
            | Self::Taken
            | Self::BadRegistration
            | Self::WrongCredentials
            | Self::WrongCurrentPassword => Kind::Invalid,
            Self::UnknownLogin => Kind::NotFound,
            Self::Hash(_) => Kind::Internal,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoCredentials => "auth.no_credentials",
            Self::BadHeader => "auth.bad_header",
            Self::TokenInvalid => "auth.token_invalid",
            Self::KeyUnknown => "auth.key_unknown",
            Self::TokenRevoked => "auth.token_revoked",
            Self::UserInactive => "auth.user_inactive",
            Self::UserGone => "auth.user_not_found",
            Self::Forbidden => "auth.forbidden",
            Self::Fields(_) => "auth.fields",
            Self::Taken => "auth.email_taken",
            Self::BadRegistration => "auth.bad_registration",
            Self::WrongCredentials => "auth.wrong_credentials",
            Self::UnknownLogin => "auth.unknown_user",
            Self::AccountBlocked => "auth.account_blocked",
            Self::WrongCurrentPassword => "auth.wrong_current_password",
            Self::Hash(_) => "auth.hash",
            Self::Store(error) => error.code(),
        }
    }

    fn field_errors(&self) -> Option<&FieldErrors> {
        match self {
            Self::Fields(errors) => Some(errors),
            _ => None,
        }
    }

    fn retryable(&self) -> bool {
        matches!(self, Self::Store(error) if error.retryable())
    }
}
