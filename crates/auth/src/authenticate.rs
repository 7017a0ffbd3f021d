//! Who is calling.

use crate::{AccountStatus, AuthError, SessionRepository, Tokens};
use kernel::{Instant, SessionId, UserId};
use users::{Role, UserState};

/// Somebody whose token was checked against the store just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The user.
    pub id: UserId,
    /// The login that the token comes from.
    pub session: SessionId,
    /// The user's e-mail.
    pub email: String,
    /// The user's rank.
    pub role: Role,
    /// When the token dies.
    pub expires_at: Instant,
}

/// Finds out who holds an access token. The user and the session are read each time, so that logging out, blocking,
/// deleting and changing a role act at once.
///
/// # Errors
/// `TokenInvalid`, `KeyUnknown`, `TokenRevoked`, `UserInactive`, `UserGone`, `Store`.
pub fn authenticate<R>(repo: &mut R, tokens: &Tokens, token: &str, now: Instant) -> Result<Caller, AuthError>
where
    R: SessionRepository + ?Sized,
{
    let claims = tokens.read(token, now)?;
    let session = claims.session()?;
    let Some(status) = repo.find_account_status(claims.user(), session)? else {
        let revoked = repo.is_session_revoked(session)?;
        return Err(if revoked { AuthError::TokenRevoked } else { AuthError::UserGone });
    };
    let AccountStatus { email, role, state, token_version, kept_session, session_revoked } = status;
    if session_revoked {
        return Err(AuthError::TokenRevoked);
    }
    if !claims.is_access() {
        return Err(AuthError::TokenInvalid);
    }
    if state != UserState::Active {
        return Err(AuthError::UserInactive);
    }
    if claims.version() != token_version && kept_session != Some(session) {
        return Err(AuthError::TokenInvalid);
    }
    Ok(Caller { id: claims.user(), session, email, role, expires_at: claims.expires_at() })
}

/// Refuses a token whose session was logged out, on routes that ignore any other token.
///
/// # Errors
/// `TokenRevoked`, `Store`.
pub fn refuse_revoked<R>(repo: &mut R, tokens: &Tokens, token: &str, now: Instant) -> Result<(), AuthError>
where
    R: SessionRepository + ?Sized,
{
    match tokens.read(token, now).and_then(|claims| claims.session()) {
        Ok(session) if repo.is_session_revoked(session)? => Err(AuthError::TokenRevoked),
        _ => Ok(()),
    }
}
