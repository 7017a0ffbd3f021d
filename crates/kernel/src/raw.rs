//! One value as a client sent it, before any rule has looked at it.

use crate::{FieldFault, Form, RawKind, parse_date, parse_time};
use chrono::{NaiveDate, NaiveTime};
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;

/// One value as a client sent it, whatever the encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw {
    /// An explicit nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, in its shortest decimal form.
    Number(String),
    /// Text, untrimmed.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// An object.
    Object(Box<Form>),
    /// A file. Whoever makes the form bounds its size.
    File(Box<SentFile>),
}

impl Raw {
    /// The most items of a list that any field takes; whoever makes a form may drop what is more than one beyond.
    pub const ITEMS_MAX: usize = 1000;

    /// The value as text; numbers count as their text.
    ///
    /// # Errors
    /// `Null` or `NotText`.
    pub fn as_text(&self) -> Result<&str, FieldFault> {
        match self {
            Self::Text(text) | Self::Number(text) => Ok(text),
            Self::Null => Err(FieldFault::Null),
            Self::Bool(_) | Self::List(_) | Self::Object(_) | Self::File(_) => Err(FieldFault::NotText),
        }
    }

    /// The value as a boolean: `true`, `false`, or these words as text in any case; forms also send
    /// `1/yes/on` and `0/no/off`.
    ///
    /// # Errors
    /// `Null` or `NotABoolean`.
    pub fn as_bool(&self) -> Result<bool, FieldFault> {
        match self {
            Self::Bool(value) => Ok(*value),
            Self::Null => Err(FieldFault::Null),
            Self::Text(text) | Self::Number(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "1" | "yes" | "on" => Ok(true),
                "false" | "0" | "no" | "off" => Ok(false),
                _ => Err(FieldFault::NotABoolean),
            },
            Self::List(_) | Self::Object(_) | Self::File(_) => Err(FieldFault::NotABoolean),
        }
    }

    /// The value as a date, `YYYY-MM-DD`.
    ///
    /// # Errors
    /// `BadDate`, also for null text.
    pub fn as_date(&self) -> Result<NaiveDate, FieldFault> {
        match self {
            Self::Text(text) => parse_date(text.trim()),
            _ => Err(FieldFault::BadDate),
        }
    }

    /// The value as a time of day, `HH:MM[:SS[.ffffff]]`.
    ///
    /// # Errors
    /// `BadTime`.
    pub fn as_time(&self) -> Result<NaiveTime, FieldFault> {
        match self {
            Self::Text(text) => parse_time(text.trim()),
            _ => Err(FieldFault::BadTime),
        }
    }

    /// The value as a reference to another object; empty text counts as null.
    ///
    /// # Errors
    /// `Null`, or `NotAUuid` with the text that was sent.
    pub fn as_uuid(&self) -> Result<Uuid, FieldFault> {
        match self {
            Self::Null => Err(FieldFault::Null),
            Self::Text(text) if text.trim().is_empty() => Err(FieldFault::Null),
            Self::Text(text) => Uuid::try_parse(text.trim()).or(Err(FieldFault::NotAUuid { sent: shortened(text) })),
            Self::Number(text) => Err(FieldFault::NotAUuid { sent: shortened(text) }),
            Self::Bool(value) => Err(FieldFault::NotAUuid { sent: if *value { "True" } else { "False" }.to_owned() }),
            Self::List(_) => Err(FieldFault::NotAUuid { sent: "[]".to_owned() }),
            Self::Object(_) => Err(FieldFault::NotAUuid { sent: "{}".to_owned() }),
            Self::File(file) => Err(FieldFault::NotAUuid { sent: shortened(&file.name) }),
        }
    }

    /// The value as a whole number, written in digits and nothing else but a sign; a number beyond 64 bits becomes the least
    /// or the greatest there is.
    ///
    /// # Errors
    /// `Null` or `NotAnInteger`.
    pub fn as_integer(&self) -> Result<i64, FieldFault> {
        match self {
            Self::Null => Err(FieldFault::Null),
            Self::Number(text) | Self::Text(text) => whole_number(text.trim()).ok_or(FieldFault::NotAnInteger),
            Self::Bool(_) | Self::List(_) | Self::Object(_) | Self::File(_) => Err(FieldFault::NotAnInteger),
        }
    }

    /// The value as a reference to an object that is known by a number; empty text counts as null.
    ///
    /// # Errors
    /// `Null`; `NotAReference` for what is no whole number; `Missing` for a number that nothing can have.
    pub fn as_number_id(&self) -> Result<i64, FieldFault> {
        let text = match self {
            Self::Null => return Err(FieldFault::Null),
            Self::Text(text) if text.trim().is_empty() => return Err(FieldFault::Null),
            Self::Number(text) | Self::Text(text) => text.trim(),
            Self::Bool(_) | Self::List(_) | Self::Object(_) | Self::File(_) => {
                return Err(FieldFault::NotAReference { kind: self.kind() });
            }
        };
        match whole_number(text) {
            Some(number) if number > 0 && number < i64::MAX => Ok(number),
            Some(_) => Err(FieldFault::Missing { id: shortened(text) }),
            None => Err(FieldFault::NotAReference { kind: self.kind() }),
        }
    }

    /// What kind of value it is.
    pub fn kind(&self) -> RawKind {
        match self {
            Self::Null => RawKind::Null,
            Self::Bool(_) => RawKind::Bool,
            Self::Number(text) if whole_number(text).is_some() => RawKind::Integer,
            Self::Number(_) => RawKind::Fraction,
            Self::Text(_) => RawKind::Text,
            Self::List(_) => RawKind::List,
            Self::Object(_) => RawKind::Object,
            Self::File(_) => RawKind::File,
        }
    }
}

/// A file as a client sent it. What kind of file it is, its bytes say; the client may be wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct SentFile {
    /// What the client calls it.
    pub name: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

impl fmt::Debug for SentFile {
    /// What is in a file is nobody's to print.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentFile").field("length", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// A whole number in digits, with a sign or without; the nearest there is for one that is too long.
fn whole_number(text: &str) -> Option<i64> {
    let (is_negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(if is_negative { i64::MIN } else { i64::MAX }))
}

/// What is echoed to a client is bounded.
fn shortened(text: &str) -> String {
    text.chars().take(100).collect()
}
