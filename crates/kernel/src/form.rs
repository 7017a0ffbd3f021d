//! What a client sent, before any rule has looked at it, and what the rules say of it.

use crate::parse_date;
use crate::parse_time;
use chrono::{NaiveDate, NaiveTime};
use std::collections::BTreeMap;
use std::fmt;
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
    /// A list; no field of Ease takes one.
    List,
    /// An object; no field of Ease takes one.
    Object,
}

impl Raw {
    /// The value as text; numbers count as their text.
    ///
    /// # Errors
    /// `Null` or `NotText`.
    pub fn as_text(&self) -> Result<&str, FieldFault> {
        match self {
            Self::Text(text) | Self::Number(text) => Ok(text),
            Self::Null => Err(FieldFault::Null),
            Self::Bool(_) | Self::List | Self::Object => Err(FieldFault::NotText),
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
            Self::List | Self::Object => Err(FieldFault::NotABoolean),
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
            Self::List => Err(FieldFault::NotAUuid { sent: "[]".to_owned() }),
            Self::Object => Err(FieldFault::NotAUuid { sent: "{}".to_owned() }),
        }
    }
}

/// What is echoed to a client is bounded.
fn shortened(text: &str) -> String {
    text.chars().take(100).collect()
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// The value is no whole number from `min` to `max`.
    NotInRange {
        /// The least number allowed.
        min: u32,
        /// The greatest number allowed.
        max: u32,
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
    /// The text is no user name.
    BadUsername,
    /// The value is no identifier.
    NotAUuid {
        /// What was sent, shortened.
        sent: String,
    },
    /// The reference points at nothing.
    Missing {
        /// The identifier that was sent.
        id: String,
    },
    /// Several things are called so.
    Ambiguous,
    /// The value stands in another row of the same file.
    Repeated {
        /// The number of that row.
        row: u32,
    },
    /// The row has more or fewer cells than there are columns.
    WrongLength {
        /// How many columns there are.
        expected: usize,
        /// How many cells there are.
        found: usize,
    },
    /// The file has more than `max` rows.
    TooManyRows {
        /// The most rows allowed.
        max: u32,
    },
    /// Somebody else has this value.
    Taken,
    /// The password has fewer than eight characters.
    PasswordTooShort,
    /// The password is in the list of common ones.
    PasswordTooCommon,
    /// The password has digits only.
    PasswordEntirelyNumeric,
}

/// What is wrong with the fields of a form, by name, in the order in which they were read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldErrors(Vec<(&'static str, Vec<FieldFault>)>);

impl FieldErrors {
    /// One field, one fault.
    pub fn one(name: &'static str, fault: FieldFault) -> Self {
        Self(vec![(name, vec![fault])])
    }

    /// Adds a fault of a field.
    pub fn add(&mut self, name: &'static str, fault: FieldFault) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, faults)) => faults.push(fault),
            None => self.0.push((name, vec![fault])),
        }
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The faulty fields.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &[FieldFault])> {
        self.0.iter().map(|(name, faults)| (*name, faults.as_slice()))
    }
}

impl fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid fields:")?;
        self.0.iter().try_for_each(|(name, _)| write!(f, " {name}"))
    }
}

impl std::error::Error for FieldErrors {}

/// The fields that a client sent. Unknown ones are ignored.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Form(BTreeMap<String, Raw>);

impl fmt::Debug for Form {
    /// Names only: the values may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl<Name: Into<String>> FromIterator<(Name, Raw)> for Form {
    fn from_iter<I: IntoIterator<Item = (Name, Raw)>>(values: I) -> Self {
        Self(values.into_iter().map(|(name, raw)| (name.into(), raw)).collect())
    }
}

impl Form {
    /// The value of a field, if it was sent.
    pub fn get(&self, name: &str) -> Option<&Raw> {
        self.0.get(name)
    }

    /// Puts a value in the place of a field, whether or not it was sent.
    pub fn set(&mut self, name: &str, value: Raw) {
        self.0.insert(name.to_owned(), value);
    }

    /// Starts to read fields, gathering every fault on the way.
    pub fn fields(&self) -> Fields<'_> {
        Fields { form: self, errors: FieldErrors::default() }
    }
}

/// A reader of a form that gathers every fault, so that a client learns of all of them at once.
#[derive(Debug)]
pub struct Fields<'form> {
    form: &'form Form,
    errors: FieldErrors,
}

impl Fields<'_> {
    /// Reads a field that must be there. `None` means that a fault was noted.
    pub fn required<T>(&mut self, name: &'static str, parse: impl FnOnce(&Raw) -> Result<T, FieldFault>) -> Option<T> {
        match self.form.get(name) {
            None => self.note(name, Err(FieldFault::Required)),
            Some(Raw::Null) => self.note(name, Err(FieldFault::Null)),
            Some(raw) => self.note(name, parse(raw)),
        }
    }

    /// Reads a field that may be absent. `None` means absent, or that a fault was noted.
    pub fn optional<T>(&mut self, name: &'static str, parse: impl FnOnce(&Raw) -> Result<T, FieldFault>) -> Option<T> {
        match self.form.get(name) {
            None => None,
            Some(Raw::Null) => self.note(name, Err(FieldFault::Null)),
            Some(raw) => self.note(name, parse(raw)),
        }
    }

    /// Notes a fault that was found in another way.
    pub fn fault(&mut self, name: &'static str, fault: FieldFault) {
        self.errors.add(name, fault);
    }

    /// Whether nothing is wrong so far.
    pub fn is_faultless(&self) -> bool {
        self.errors.is_empty()
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// Every fault that was noted.
    pub fn finish(self) -> Result<(), FieldErrors> {
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }

    /// Ends the reading of a form that is known to be faulty.
    pub fn into_errors(self) -> FieldErrors {
        self.errors
    }

    fn note<T>(&mut self, name: &'static str, result: Result<T, FieldFault>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(fault) => {
                self.errors.add(name, fault);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;

    #[test]
    fn every_fault_is_told_at_once() {
        let form = Form::from_iter([("name", Raw::Text(" ".to_owned())), ("category", Raw::Text("abc".to_owned()))]);
        let mut fields = form.fields();
        assert_eq!(fields.required("title", Text::<5>::parse), None);
        assert_eq!(fields.required("name", Text::<5>::parse), None);
        assert_eq!(fields.required("category", Raw::as_uuid), None);
        let errors = fields.finish().unwrap_err();
        let told: Vec<_> = errors.iter().map(|(name, faults)| (name, faults.to_vec())).collect();
        let not_a_uuid = FieldFault::NotAUuid { sent: "abc".to_owned() };
        assert_eq!(
            told,
            [("title", vec![FieldFault::Required]), ("name", vec![FieldFault::Blank]), ("category", vec![not_a_uuid])]
        );
    }

    #[test]
    fn an_empty_reference_is_null() {
        assert_eq!(Raw::Text(String::new()).as_uuid(), Err(FieldFault::Null));
    }

    #[test]
    fn debug_output_never_shows_a_value() {
        let form = Form::from_iter([("password", Raw::Text("s3cret".to_owned()))]);
        assert_eq!(format!("{form:?}"), r#"{"password"}"#);
    }
}
