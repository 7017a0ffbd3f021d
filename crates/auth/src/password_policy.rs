//! What a new password must be, on every surface.

use kernel::{FieldFault, Raw, Text};
use std::fmt;
use std::sync::LazyLock;

/// The passwords that everybody tries first, lower-case, sorted by bytes, one a line.
const COMMON: &str = include_str!("common_passwords.txt");
static COMMON_SORTED: LazyLock<Vec<&str>> = LazyLock::new(|| COMMON.lines().collect());

/// A password that keeps the rules: trimmed, 8 to 128 characters, not a common one, not digits only.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPassword(String);

impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPassword")
    }
}

impl NewPassword {
    /// The fewest characters.
    pub const MIN: usize = 8;
    /// The most characters; more are refused, never cut.
    pub const MAX: usize = 128;

    /// Reads a password that a client sent.
    ///
    /// # Errors
    /// One problem of form (no text, blank, NUL, too long), or each rule that the password breaks.
    pub fn parse(raw: &Raw) -> Result<Self, Vec<FieldFault>> {
        let password = Text::<{ Self::MAX }>::parse(raw).map_err(|problem| vec![problem])?;
        let password = password.as_str();
        let mut problems = Vec::new();
        if password.chars().count() < Self::MIN {
            problems.push(FieldFault::PasswordTooShort);
        }
        if COMMON_SORTED.binary_search(&password.to_lowercase().as_str()).is_ok() {
            problems.push(FieldFault::PasswordTooCommon);
        }
        if password.chars().all(char::is_numeric) {
            problems.push(FieldFault::PasswordEntirelyNumeric);
        }
        if problems.is_empty() { Ok(Self(password.to_owned())) } else { Err(problems) }
    }

    /// The password.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether these are problems of strength, not of form.
    pub fn is_weakness(problems: &[FieldFault]) -> bool {
        problems.iter().all(|problem| {
            matches!(
                problem,
                FieldFault::PasswordTooShort | FieldFault::PasswordTooCommon | FieldFault::PasswordEntirelyNumeric
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(password: &str) -> Vec<FieldFault> {
        NewPassword::parse(&Raw::Text(password.to_owned())).err().unwrap_or_default()
    }

    #[test]
    fn every_broken_rule_is_named() {
        use FieldFault::{PasswordEntirelyNumeric, PasswordTooCommon, PasswordTooShort};
        assert_eq!(problems("12345"), [PasswordTooShort, PasswordTooCommon, PasswordEntirelyNumeric]);
        assert_eq!(problems("Password"), [PasswordTooCommon]);
        assert_eq!(problems("qwerty123"), [PasswordTooCommon]);
        assert_eq!(problems("8301947265"), [PasswordEntirelyNumeric]);
        assert_eq!(problems("  korvapu  "), [PasswordTooShort]);
        assert_eq!(problems("korvapuusti"), []);
        assert_eq!(problems(&"x".repeat(129)), [FieldFault::TooLong { max: 128 }]);
    }

    #[test]
    fn the_list_is_long_sorted_and_lower_case() {
        assert!(COMMON_SORTED.len() > 10_000);
        assert!(COMMON_SORTED.is_sorted());
        assert!(COMMON_SORTED.iter().all(|password| *password == password.to_lowercase()));
    }

    #[test]
    fn debug_output_never_shows_the_password() {
        let password = NewPassword::parse(&Raw::Text("korvapuusti".to_owned())).unwrap();
        assert!(!format!("{password:?}").contains("korva"));
    }
}
