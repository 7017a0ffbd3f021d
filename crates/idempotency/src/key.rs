//! The key that a client chose for a request.

use crate::IdempotencyError;
use std::fmt;

/// The key that a client chose for a request, 1 to 255 characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl fmt::Debug for Key {
    /// A key lets its holder ask again, so it is nobody else's to read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    /// The most characters.
    pub const LENGTH_MAX: usize = 255;

    /// Reads what stands in the header: a string of RFC 8941, in quotes, or the same without quotes, as many clients
    /// send it. Both are the same key. Without quotes it is visible ASCII; within them there may be blanks, and a
    /// backslash before a quote or another backslash.
    ///
    /// # Errors
    /// `MalformedKey`.
    pub fn parse(header: &str) -> Result<Self, IdempotencyError> {
        let header = header.trim_matches([' ', '\t']);
        let key = match header.strip_prefix('"') {
            Some(rest) => unquoted(rest),
            None if header.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"') => Some(header.to_owned()),
            None => None,
        };
        match key {
            Some(key) if (1..=Self::LENGTH_MAX).contains(&key.len()) => Ok(Self(key)),
            _ => Err(IdempotencyError::MalformedKey),
        }
    }

    /// The key without quotes.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What stands before the closing quote, after which there may be nothing more.
fn unquoted(rest: &str) -> Option<String> {
    let mut key = String::new();
    let mut characters = rest.chars();
    loop {
        match characters.next()? {
            '"' => return if characters.as_str().is_empty() { Some(key) } else { None },
            '\\' => key.push(characters.next().filter(|escaped| ['"', '\\'].contains(escaped))?),
            plain @ ' '..='~' => key.push(plain),
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    fn key(header: &str) -> Option<String> {
        Key::parse(header).ok().map(|key| key.as_str().to_owned())
    }

    #[test]
    fn quotes_make_no_other_key() {
        for (header, expected) in [
            ("abc", "abc"),
            ("\"abc\"", "abc"),
            (" \"a b\"\t", "a b"),
            (r#""a\"b\\c""#, r#"a"b\c"#),
            ("a,b;c=\\'!~", "a,b;c=\\'!~"),
        ] {
            assert_eq!(key(header).as_deref(), Some(expected), "{header}");
        }
    }

    #[test]
    fn what_is_no_single_string_is_malformed() {
        let bad =
            ["", " ", "\"\"", "\"", "\"abc", "abc\"", "a b", "\"a\", \"b\"", "\"a\";p=1", r#""a\b""#, "ä", "\"ä\""];
        for header in bad.into_iter().chain(["a\u{7f}", "\"a\u{1}\"", "\"a\\"]) {
            assert_eq!(key(header), None, "{header}");
        }
    }

    #[test]
    fn a_key_has_at_most_255_characters() {
        let (longest, longer) = ("x".repeat(255), "x".repeat(256));
        assert_eq!(key(&longest), Some(longest.clone()));
        assert_eq!(key(&format!("\"{longest}\"")), Some(longest));
        assert_eq!(key(&longer), None);
        assert_eq!(key(&format!("\"{longer}\"")), None);
    }

    #[test]
    fn debug_output_never_shows_a_key() {
        assert_eq!(format!("{:?}", Key::parse("abc").unwrap()), "Key");
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_261_121), ..ProptestConfig::default() })]

        #[test]
        fn every_key_is_read_as_it_was_quoted(chosen in "[ -~]{1,255}") {
            let quoted = format!("\"{}\"", chosen.replace('\\', "\\\\").replace('"', "\\\""));
            prop_assert_eq!(key(&quoted), Some(chosen));
        }

        #[test]
        fn whatever_else_comes_is_a_key_of_visible_characters_and_blanks_or_none(header in prop_oneof!["\\PC{0,300}", "[\"\\\\ a]{0,20}"]) {
            if let Some(key) = key(&header) {
                prop_assert!((1..=255).contains(&key.len()) && key.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
            }
        }
    }
}
