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

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::StatusCode;
    use kernel::chrono::DateTime;
    use kernel::fakes::SequentialIds;
    use kernel::{IdSource, Raw, SessionId};
    use memory::MemoryStore;
    use store::Store;
    use users::{Email, User, UserDetails, UserError};

    /// A store with a plain user, and an access token of theirs.
    fn world() -> (MemoryStore, Tokens, Credentials) {
        let (store, tokens, ids) =
            (MemoryStore::default(), Tokens::new(b"a secret for tests"), SequentialIds::default());
        let email = Email::parse(&Raw::Text("ann@example.org".to_owned())).unwrap();
        let opened: &dyn Store = &store;
        let new = UserDetails::active(email, String::new(), Instant::new(DateTime::UNIX_EPOCH));
        let user: Result<User, UserError> = opened.write(|tx| tx.insert_user(&new));
        let session = SessionId(ids.uuid());
        let pair = tokens.issue(user.unwrap().id, session, 0, Instant::new(DateTime::UNIX_EPOCH), &ids).unwrap();
        (store, tokens, Credentials::Token(pair.access))
    }

    fn admit(access: Access, credentials: &Credentials) -> Result<bool, StatusCode> {
        let (store, tokens, good) = world();
        let credentials =
            if matches!(credentials, Credentials::Token(text) if text == "good") { &good } else { credentials };
        let opened: &dyn Store = &store;
        let admitted = opened.read(|tx| access.admit(tx, &tokens, credentials, Instant::new(DateTime::UNIX_EPOCH)));
        admitted.map(|caller| caller.is_some()).map_err(|problem| problem.status())
    }

    #[test]
    fn each_access_lets_in_whom_it_says() {
        let token = |text: &str| Credentials::Token(text.to_owned());
        let sent = [Credentials::None, Credentials::Malformed, token("bad"), token("good")];
        let unauthorized = Err(StatusCode::UNAUTHORIZED);
        for (access, expected) in [
            (Access::Unchecked, [Ok(false); 4]),
            (Access::Anyone, [Ok(false); 4]),
            (Access::SignedInOrNot, [Ok(false), unauthorized, unauthorized, Ok(true)]),
            (Access::Owner, [unauthorized, unauthorized, unauthorized, Ok(true)]),
            (Access::AtLeast(Role::User), [unauthorized, unauthorized, unauthorized, Ok(true)]),
            (Access::AtLeast(Role::Staff), [unauthorized, unauthorized, unauthorized, Err(StatusCode::FORBIDDEN)]),
        ] {
            assert_eq!(sent.each_ref().map(|credentials| admit(access, credentials)), expected, "{access:?}");
        }
    }

    #[test]
    fn the_widest_access_comes_first() {
        let all =
            [Access::Unchecked, Access::Anyone, Access::SignedInOrNot, Access::Owner, Access::AtLeast(Role::User)];
        assert!(all.is_sorted() && Access::AtLeast(Role::User) < Access::AtLeast(Role::Staff));
    }
}
