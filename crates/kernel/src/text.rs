//! Text as the contract takes it: trimmed, without NUL, bounded in characters.

use crate::{FieldFault, Raw};
use std::fmt;

/// Text of 1 to `MAX` characters, trimmed, without NUL.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// Reads a value that a client sent.
    ///
    /// # Errors
    /// `NotText`, `HasNul`, `Blank` or `TooLong`.
    pub fn parse(raw: &Raw) -> Result<Self, FieldFault> {
        let text = Self::parse_or_blank(raw)?;
        if text.is_empty() { Err(FieldFault::Blank) } else { Ok(Self(text)) }
    }

    /// Reads a value that may be blank, under the same other rules.
    ///
    /// # Errors
    /// `NotText`, `HasNul` or `TooLong`.
    pub fn parse_or_blank(raw: &Raw) -> Result<String, FieldFault> {
        let text = raw.as_text()?.trim();
        if text.contains('\0') {
            return Err(FieldFault::HasNul);
        }
        if text.chars().count() > MAX {
            return Err(FieldFault::TooLong { max: MAX });
        }
        Ok(text.to_owned())
    }

    /// Takes text that a store kept and that was checked when it came in.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Text<5>, FieldFault> {
        Text::parse(&Raw::Text(text.to_owned()))
    }

    #[test]
    fn limits_count_characters_after_trimming() {
        assert_eq!(parse("  ñañañ ").unwrap().as_str(), "ñañañ");
        assert_eq!(parse("ñañaña"), Err(FieldFault::TooLong { max: 5 }));
        assert_eq!(parse("  "), Err(FieldFault::Blank));
        assert_eq!(parse("a\0b"), Err(FieldFault::HasNul));
    }

    #[test]
    fn numbers_are_their_text_and_nothing_else_is() {
        assert_eq!(Text::<5>::parse(&Raw::Number("12".to_owned())).unwrap().as_str(), "12");
        for raw in [Raw::Bool(true), Raw::List, Raw::Object] {
            assert_eq!(Text::<5>::parse(&raw), Err(FieldFault::NotText));
        }
    }
}
