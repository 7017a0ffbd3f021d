//! What a new password must be, on every surface.

use kernel::{FieldFault, Input, Length, Raw, Shape, Text};
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

    /// What is told of a password of fewer characters.
    pub const TOO_SHORT: FieldFault = FieldFault::Rule { code: "auth.password_too_short", limit: 8 };
    /// What is told of a password of the list of common ones.
    pub const TOO_COMMON: FieldFault = FieldFault::Rule { code: "auth.password_too_common", limit: 0 };
    /// What is told of a password of digits only.
    pub const ENTIRELY_NUMERIC: FieldFault = FieldFault::Rule { code: "auth.password_entirely_numeric", limit: 0 };

    /// Takes a password that keeps the rules.
    ///
    /// # Errors
    /// One fault of form (blank, NUL, too long), or each rule that the password breaks.
    pub fn new(password: &str) -> Result<Self, Vec<FieldFault>> {
        ChosenPassword::new(password).map_err(|fault| vec![fault]).and_then(Self::judge)
    }

    /// Judges a password of the right form.
    ///
    /// # Errors
    /// Each rule that the password breaks.
    pub fn judge(password: ChosenPassword) -> Result<Self, Vec<FieldFault>> {
        let Secret(password) = password;
        let password = password.as_str();
        let mut faults = Vec::new();
        if password.chars().count() < Self::MIN {
            faults.push(Self::TOO_SHORT);
        }
        if COMMON_SORTED.binary_search(&password.to_lowercase().as_str()).is_ok() {
            faults.push(Self::TOO_COMMON);
        }
        if password.chars().all(char::is_numeric) {
            faults.push(Self::ENTIRELY_NUMERIC);
        }
        if faults.is_empty() { Ok(Self(password.to_owned())) } else { Err(faults) }
    }

    /// The password.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password that somebody chose: of the right form, its strength not judged yet.
pub type ChosenPassword = Secret<{ NewPassword::MIN }, { NewPassword::MAX }>;

/// A password as it was sent, trimmed and without NUL. That it should have `MIN` characters is told to clients, and judged
/// where it is chosen.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<const MIN: usize, const MAX: usize>(Text<MAX>);

impl<const MIN: usize, const MAX: usize> fmt::Debug for Secret<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl<const MIN: usize, const MAX: usize> Secret<MIN, MAX> {
    /// Takes a password of the right form.
    ///
    /// # Errors
    /// What [`Text::new`] refuses.
    pub fn new(password: &str) -> Result<Self, FieldFault> {
        Text::new(password).map(Self)
    }

    /// The password.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl<const MIN: usize, const MAX: usize> Input for Secret<MIN, MAX> {
    const SHAPE: Shape = Shape::Password(Length { min: MIN, max: MAX });

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        Self::new(raw.as_text()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOO_SHORT: FieldFault = NewPassword::TOO_SHORT;
    const TOO_COMMON: FieldFault = NewPassword::TOO_COMMON;
    const NUMERIC: FieldFault = NewPassword::ENTIRELY_NUMERIC;

    fn faults(password: &str) -> Vec<FieldFault> {
        NewPassword::new(password).err().unwrap_or_default()
    }

    #[test]
    fn every_broken_rule_is_named() {
        assert_eq!(faults("12345"), [TOO_SHORT, TOO_COMMON, NUMERIC]);
        assert_eq!(faults("Password"), [TOO_COMMON]);
        assert_eq!(faults("qwerty123"), [TOO_COMMON]);
        assert_eq!(faults("8301947265"), [NUMERIC]);
        assert_eq!(faults("  korvapu  "), [TOO_SHORT]);
        assert_eq!(faults("korvapuusti"), []);
        assert_eq!(faults(&"x".repeat(129)), [FieldFault::TooLong { max: 128 }]);
    }

    #[test]
    fn the_list_is_long_sorted_and_lower_case() {
        assert!(COMMON_SORTED.len() > 10_000);
        assert!(COMMON_SORTED.is_sorted());
        assert!(COMMON_SORTED.iter().all(|password| *password == password.to_lowercase()));
    }

    #[test]
    fn debug_output_never_shows_the_password() {
        let password = NewPassword::new("korvapuusti").unwrap();
        let chosen = ChosenPassword::new("korvapuusti").unwrap();
        assert!(!format!("{password:?} {chosen:?}").contains("korva"));
    }
}
