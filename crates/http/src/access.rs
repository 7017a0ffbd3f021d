//! Who may use an operation.

use crate::credentials::Credentials;
use crate::problem::Problem;
use auth::{AuthError, Caller, Tokens, roles};
use kernel::Instant;
use store::Tx;
use users::Role;

/// Who may use an operation, from the widest to the narrowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// Credentials are not looked at: probes, and sockets, whose handshake judges them itself.
    Unchecked,
    /// Anybody. Of credentials only a logged-out token counts, and is refused.
    Anyone,
    /// Anybody; who is signed in may be shown more. Credentials that are sent must be good.
    SignedInOrNot,
    /// Anybody who is signed in, for what is their own: the use case finds nothing of others.
    Owner,
    /// Anybody who is signed in and has at least this rank.
    AtLeast(Role),
}

impl Access {
    /// Whether nobody gets in without good credentials.
    pub fn needs_caller(self) -> bool {
        matches!(self, Self::Owner | Self::AtLeast(_))
    }

    /// The word for it in the description of the API.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::Anyone => "anyone",
            Self::SignedInOrNot => "signed in or not",
            Self::Owner => "owner",
            Self::AtLeast(Role::User) => "user",
            Self::AtLeast(Role::Staff) => "staff",
            Self::AtLeast(Role::Superuser) => "superuser",
        }
    }

    /// Lets a request through, and says who sends it if that had to be found out.
    ///
    /// # Errors
    /// 401, or 403 for a lower rank.
    pub(crate) fn admit(
        self,
        tx: &mut dyn Tx,
        tokens: &Tokens,
        credentials: &Credentials,
        now: Instant,
    ) -> Result<Option<Caller>, Problem> {
        let at_least = match self {
            Self::Unchecked => return Ok(None),
            Self::Anyone => {
                if let Credentials::Token(token) = credentials {
                    auth::refuse_revoked(tx, tokens, token, now)?;
                }
                return Ok(None);
            }
            Self::SignedInOrNot if *credentials == Credentials::None => return Ok(None),
            Self::SignedInOrNot | Self::Owner => Role::User,
            Self::AtLeast(role) => role,
        };
        let caller = auth::authenticate(tx, tokens, credentials.token()?, now)?;
        roles::require(caller.role, at_least)?;
        Ok(Some(caller))
    }

    /// Whether admitting this request takes a question to the store.
    pub(crate) fn asks_store(self, credentials: &Credentials) -> bool {
        match self {
            Self::Unchecked => false,
            Self::Anyone => matches!(credentials, Credentials::Token(_)),
            Self::SignedInOrNot => *credentials != Credentials::None,
            Self::Owner | Self::AtLeast(_) => true,
        }
    }
}

/// The refusal of a request that needs a caller and has none.
pub(crate) fn nobody() -> Problem {
    AuthError::NoCredentials.into()
}
