//! JSON Web Tokens (RFC 7519), signed with HS256 and nothing else.

use crate::AuthError;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use kernel::{IdSource, Instant, SessionId, UserId, Uuid};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// `access` or `refresh`.
    token_type: String,
    /// When it dies, in whole seconds since 1970.
    exp: i64,
    /// When it was made, in whole seconds since 1970.
    iat: i64,
    /// The token's own identifier, 32 hexadecimal digits.
    jti: String,
    /// Whose it is.
    user_id: i64,
    /// The login that it comes from; tokens of the previous system have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sid: Option<String>,
    /// The version of the user's tokens when it was made; tokens of the previous system have none.
    #[serde(default)]
    ver: i64,
}

impl Claims {
    /// Whose token it is.
    pub fn user(&self) -> UserId {
        UserId(self.user_id)
    }

    /// The login that the token comes from; for a token of the previous system, the token itself.
    ///
    /// # Errors
    /// `TokenInvalid` when neither is a uuid.
    pub fn session(&self) -> Result<SessionId, AuthError> {
        let session = self.sid.as_ref().unwrap_or(&self.jti);
        Uuid::try_parse(session).map(SessionId).or(Err(AuthError::TokenInvalid))
    }

    /// The version of the user's tokens when it was made.
    pub fn version(&self) -> i64 {
        self.ver
    }

    /// When the token dies.
    pub fn expires_at(&self) -> Instant {
        Instant::new(kernel::chrono::DateTime::UNIX_EPOCH).plus_seconds(self.exp)
    }

    /// Whether it opens doors; a refresh token does not.
    pub fn is_access(&self) -> bool {
        self.token_type == ACCESS
    }
}

const ACCESS: &str = "access";
const REFRESH: &str = "refresh";

/// The two tokens of a login.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenPair {
    /// Opens doors.
    pub access: String,
    /// Opens nothing; it is there because clients expect it.
    pub refresh: String,
}

impl fmt::Debug for TokenPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenPair")
    }
}

/// Makes and reads tokens with one secret key.
#[derive(Clone)]
pub struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens")
    }
}

impl Tokens {
    /// How long both tokens of an Ease login live, in seconds.
    pub const LIFE_SECONDS: i64 = 6 * 60 * 60;

    /// Tokens signed with this secret, which should have 32 bytes or more.
    pub fn new(secret: &[u8]) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        // Expiry is judged by the clock that is passed in.
        validation.validate_exp = false;
        validation.set_required_spec_claims::<&str>(&[]);
        validation.validate_aud = false;
        Self { encoding: EncodingKey::from_secret(secret), decoding: DecodingKey::from_secret(secret), validation }
    }

    /// Makes the two tokens of a login.
    ///
    /// # Errors
    /// `TokenInvalid` when signing fails, which HS256 never does.
    pub fn issue(
        &self,
        user: UserId,
        session: SessionId,
        version: i64,
        now: Instant,
        ids: &dyn IdSource,
    ) -> Result<TokenPair, AuthError> {
        let token = |token_type: &str| {
            let claims = Claims {
                token_type: token_type.to_owned(),
                exp: now.unix_seconds().saturating_add(Self::LIFE_SECONDS),
                iat: now.unix_seconds(),
                jti: ids.uuid().as_simple().to_string(),
                user_id: user.0,
                sid: Some(session.to_string()),
                ver: version,
            };
            encode(&Header::new(Algorithm::HS256), &claims, &self.encoding).or(Err(AuthError::TokenInvalid))
        };
        Ok(TokenPair { access: token(ACCESS)?, refresh: token(REFRESH)? })
    }

    /// Reads a token of either kind that was signed here and has not expired.
    ///
    /// # Errors
    /// `KeyUnknown` for 40 hexadecimal digits (an opaque key, of which there are none), else `TokenInvalid`.
    pub fn read(&self, token: &str, now: Instant) -> Result<Claims, AuthError> {
        if token.len() == 40 && token.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(AuthError::KeyUnknown);
        }
        match decode::<Claims>(token, &self.decoding, &self.validation) {
            Ok(data) if now.unix_seconds() < data.claims.exp => Ok(data.claims),
            _ => Err(AuthError::TokenInvalid),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::chrono::DateTime;
    use kernel::fakes::SequentialIds;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    fn now() -> Instant {
        Instant::new(DateTime::UNIX_EPOCH)
    }

    fn issued(secret: &[u8], user: i64, version: i64) -> String {
        let ids = SequentialIds::default();
        Tokens::new(secret).issue(UserId(user), SessionId(Uuid::from_u128(7)), version, now(), &ids).unwrap().access
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_261_121), ..ProptestConfig::default() })]

        #[test]
        fn what_was_signed_here_is_read_and_what_was_bent_is_not(user: i64, version: i64, at: prop::sample::Index, other in "[A-Za-z0-9_.-]") {
            let (tokens, token) = (Tokens::new(b"a secret of the server"), issued(b"a secret of the server", user, version));
            let claims = tokens.read(&token, now()).unwrap();
            prop_assert_eq!((claims.user(), claims.version(), claims.is_access()), (UserId(user), version, true));
            let at = at.index(token.len());
            let mut bent = token.clone();
            bent.replace_range(at..=at, &other);
            prop_assert_eq!(tokens.read(&bent, now()).is_ok(), bent == token);
            let foreign = issued(b"a secret of somebody else", user, version);
            prop_assert!(tokens.read(&foreign, now()).is_err());
        }

        #[test]
        fn no_text_whatever_is_a_token(text in prop_oneof!["\\PC{0,80}", "eyJ[A-Za-z0-9_-]{0,30}[.][A-Za-z0-9_-]{0,30}[.][A-Za-z0-9_-]{0,43}"]) {
            prop_assert!(Tokens::new(b"a secret of the server").read(&text, now()).is_err());
        }
    }
}
