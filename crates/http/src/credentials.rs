//! What a request says about who sends it.

use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use auth::AuthError;
use std::fmt;

/// What stands in the `Authorization` header: a token, nothing that counts, or something that cannot be read.
#[derive(Clone, PartialEq, Eq)]
pub enum Credentials {
    /// No header, or one of a scheme that is not ours.
    None,
    /// One of our schemes with another number of words than two.
    Malformed,
    /// A token, not checked yet.
    Token(String),
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Malformed => "Malformed",
            Self::Token(_) => "Token",
        })
    }
}

impl Credentials {
    const SCHEMES: [&str; 3] = ["token", "bearer", "jwt"];

    /// Reads the header: a scheme in any letter case, any number of blanks, the token.
    pub fn read(headers: &HeaderMap) -> Self {
        let Some(header) = headers.get(AUTHORIZATION) else { return Self::None };
        let header = String::from_utf8_lossy(header.as_bytes());
        let mut words = header.split_whitespace();
        let known = |scheme: &str| Self::SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known));
        if !words.next().is_some_and(known) {
            return Self::None;
        }
        match (words.next(), words.next()) {
            (Some(token), None) => Self::Token(token.to_owned()),
            _ => Self::Malformed,
        }
    }

    /// The token.
    pub fn token(&self) -> Result<&str, AuthError> {
        match self {
            Self::None => Err(AuthError::NoCredentials),
            Self::Malformed => Err(AuthError::BadHeader),
            Self::Token(token) => Ok(token),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    fn read(header: &str) -> Credentials {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, HeaderValue::from_str(header).unwrap());
        Credentials::read(&headers)
    }

    #[test]
    fn our_schemes_are_known_in_any_letter_case_and_with_any_blanks() {
        for header in ["Token abc", "bearer abc", "JWT  abc", "  tOKEN \t abc "] {
            assert!(read(header) == Credentials::Token("abc".to_owned()), "{header}");
        }
    }

    #[test]
    fn another_scheme_is_no_credentials_and_other_words_are_malformed() {
        for header in ["Basic abc", "abc", "", "Tokenabc"] {
            assert!(read(header) == Credentials::None, "{header}");
        }
        for header in ["Token", "Token a b", "Bearer a b c"] {
            assert!(read(header) == Credentials::Malformed, "{header}");
        }
    }

    #[test]
    fn debug_output_never_shows_a_token() {
        assert!(!format!("{:?}", read("Token abc")).contains("abc"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_261_121), ..ProptestConfig::default() })]

        #[test]
        fn a_token_is_the_second_of_two_words_behind_a_scheme_of_ours(header in prop_oneof!["[ -~\t]{0,40}", "([Tt]oken|JWT|bearer|Basic)?([ \t]{1,2}[!-~]{1,9}){0,3}"]) {
            let words: Vec<&str> = header.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
            let ours = words.first().is_some_and(|it| ["token", "bearer", "jwt"].contains(&it.to_lowercase().as_str()));
            let expected = match words.as_slice() {
                [_, token] if ours => Credentials::Token((*token).to_owned()),
                _ if ours => Credentials::Malformed,
                _ => Credentials::None,
            };
            prop_assert!(read(&header) == expected);
        }
    }
}
