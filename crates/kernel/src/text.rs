//! Text as the contract takes it: trimmed, without NUL, bounded in characters.

use crate::{FieldFault, Input, Length, Raw, Shape};
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
        Self::new(raw.as_text()?)
    }

    /// Takes text under the same rules.
    ///
    /// # Errors
    /// `HasNul`, `Blank` or `TooLong`.
    pub fn new(text: &str) -> Result<Self, FieldFault> {
        Blankable::<MAX>::new(text).and_then(
            |Blankable(text)| {
                if text.is_empty() { Err(FieldFault::Blank) } else { Ok(Self(text)) }
            },
        )
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

impl<const MAX: usize> Input for Text<MAX> {
    const SHAPE: Shape = Shape::Text(Length { min: 1, max: MAX });

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        Self::parse(raw)
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text of at most `MAX` characters, trimmed, without NUL; it may be blank.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Blankable<const MAX: usize>(String);

impl<const MAX: usize> Blankable<MAX> {
    /// Takes text under these rules.
    ///
    /// # Errors
    /// `HasNul` or `TooLong`.
    pub fn new(text: &str) -> Result<Self, FieldFault> {
        let text = text.trim();
        if text.contains('\0') {
            return Err(FieldFault::HasNul);
        }
        if text.chars().count() > MAX {
            return Err(FieldFault::TooLong { max: MAX });
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> Input for Blankable<MAX> {
    const SHAPE: Shape = Shape::Text(Length { min: 0, max: MAX });

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        Self::new(raw.as_text()?)
    }
}

impl<const MAX: usize> From<Blankable<MAX>> for String {
    fn from(text: Blankable<MAX>) -> Self {
        text.0
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
        for raw in [Raw::Bool(true), Raw::List(Vec::new()), Raw::Object(Box::default())] {
            assert_eq!(Text::<5>::parse(&raw), Err(FieldFault::NotText));
        }
    }
}
