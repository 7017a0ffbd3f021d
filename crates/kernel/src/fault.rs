//! What is wrong with what a client sent, field by field.

use crate::RawKind;
use std::fmt;
use thiserror::Error;

/// What is wrong with one field. What its reader is told, each client has words of its own for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{self:?}")]
pub enum FieldFault {
    /// The field is missing.
    Required,
    /// The text is empty after trimming.
    Blank,
    /// The value is null.
    Null,
    /// The value is no text.
    NotText,
    /// The text holds the NUL character.
    HasNul,
    /// The text has more than `max` characters.
    TooLong {
        /// The most characters allowed.
        max: usize,
    },
    /// The value is no number.
    NotANumber,
    /// The number has more than `max` digits.
    TooManyDigits {
        /// The most digits allowed.
        max: usize,
    },
    /// The number has more than `max` decimals.
    TooManyDecimals {
        /// The most decimals allowed.
        max: usize,
    },
    /// The number has more than `max` digits before the point.
    TooManyWholeDigits {
        /// The most whole digits allowed.
        max: usize,
    },
    /// The value is no whole number.
    NotAnInteger,
    /// The whole number is less than `min`.
    TooSmall {
        /// The least number allowed.
        min: i64,
    },
    /// The whole number is more than `max`.
    TooLarge {
        /// The greatest number allowed.
        max: i64,
    },
    /// The value is no whole number from `min` to `max`.
    NotInRange {
        /// The least number allowed.
        min: i64,
        /// The greatest number allowed.
        max: i64,
    },
    /// The number is zero or less.
    NotPositive,
    /// The text is none of the words that may stand here.
    NotAChoice,
    /// The text is no place in this list.
    BadCursor,
    /// The value is no date.
    BadDate,
    /// The value is no time of day.
    BadTime,
    /// The value is no boolean.
    NotABoolean,
    /// The text is no e-mail address.
    BadEmail,
    /// The value is no identifier.
    NotAUuid {
        /// What was sent, shortened.
        sent: String,
    },
    /// The value is no number that an object could be known by.
    NotAReference {
        /// What kind of value was sent.
        kind: RawKind,
    },
    /// The value is no list.
    NotAList,
    /// The list has more than `max` items.
    TooManyItems {
        /// The most items allowed.
        max: usize,
    },
    /// The value is no file.
    NotAFile,
    /// The reference points at nothing.
    Missing {
        /// The identifier that was sent.
        id: String,
    },
    /// Somebody else has this value.
    Taken,
    /// The value breaks a rule that belongs to a domain.
    Rule {
        /// The rule's stable, dotted name.
        code: &'static str,
        /// The number in the rule; 0 for one without.
        limit: u32,
    },
}

/// What is wrong with the fields of a form, by name, in the order in which they were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldErrors<F = FieldFault>(Vec<(&'static str, Vec<F>)>);

impl<F> Default for FieldErrors<F> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<F> FieldErrors<F> {
    /// One field, one fault.
    pub fn one(name: &'static str, fault: F) -> Self {
        Self(vec![(name, vec![fault])])
    }

    /// Adds a fault of a field.
    pub fn add(&mut self, name: &'static str, fault: F) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, faults)) => faults.push(fault),
            None => self.0.push((name, vec![fault])),
        }
    }

    /// Whether this is wrong with a field.
    pub fn has(&self, name: &str, fault: &F) -> bool
    where
        F: PartialEq,
    {
        self.iter().any(|(known, faults)| known == name && faults.contains(fault))
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The faulty fields.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &[F])> {
        self.0.iter().map(|(name, faults)| (*name, faults.as_slice()))
    }
}

impl<F> fmt::Display for FieldErrors<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid fields:")?;
        self.0.iter().try_for_each(|(name, _)| write!(f, " {name}"))
    }
}

impl<F: fmt::Debug> std::error::Error for FieldErrors<F> {}
