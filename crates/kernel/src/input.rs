//! What a field takes, said once: how it is read, and how it is described to those who write clients.

use crate::{CalendarDate, FieldFault, Raw, TimeOfDay};
use std::marker::PhantomData;

/// A value that clients send, which cannot be wrong once it was read.
pub trait Input: Sized {
    /// What is taken.
    const SHAPE: Shape;

    /// Reads a value; null is a fault of those that do not take it.
    ///
    /// # Errors
    /// The first rule that is broken.
    fn read(raw: &Raw) -> Result<Self, FieldFault>;

    /// Reads a value of a name that came more than once in a form. The last one counts, but for lists.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    fn read_repeated(_earlier: &[Raw], last: &Raw) -> Result<Self, FieldFault> {
        Self::read(last)
    }
}

/// What a field takes, as far as it can be told without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Text, after trimming; one that needs a character may not be blank.
    Text(Length),
    /// Text that is nobody's to see.
    Password(Length),
    /// Text that a regular expression matches.
    Pattern(&'static str),
    /// An e-mail address.
    Email {
        /// The most characters.
        max: usize,
    },
    /// One of some words.
    Choice {
        /// What they are about.
        about: &'static str,
        /// The words.
        words: &'static [&'static str],
    },
    /// A number, or text that holds one.
    Decimal,
    /// A whole number, or text that holds one.
    Integer {
        /// The least number.
        min: i64,
        /// The greatest number.
        max: i64,
    },
    /// A date, `YYYY-MM-DD`.
    Date,
    /// A time of day, `HH:MM[:SS[.ffffff]]`.
    Time,
    /// A time of day with its seconds, `HH:MM:SS[.ffffff]`.
    FullTime,
    /// The identifier of an object.
    Uuid,
    /// A boolean.
    Bool,
    /// A file.
    File,
    /// A list.
    List {
        /// What is in it.
        items: &'static Shape,
        /// The most items.
        max: usize,
    },
    /// Anything at all.
    Anything,
}

/// How many characters text may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// The fewest.
    pub min: usize,
    /// The most; `usize::MAX` for any number.
    pub max: usize,
}

impl Length {
    /// Any length.
    pub const ANY: Self = Self { min: 0, max: usize::MAX };
}

/// A field: its name, what it is, and by its type what it takes.
#[derive(Debug)]
pub struct Field<T> {
    name: &'static str,
    about: &'static str,
    example: Option<&'static str>,
    takes: PhantomData<fn() -> T>,
}

impl<T> Field<T> {
    /// A field with a sentence on what it is.
    pub const fn new(name: &'static str, about: &'static str) -> Self {
        Self { name, about, example: None, takes: PhantomData }
    }

    /// The same field with an example, in the words of JSON but without quotes.
    #[must_use]
    pub const fn example(self, example: &'static str) -> Self {
        Self { name: self.name, about: self.about, example: Some(example), takes: PhantomData }
    }

    /// Its name.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<T: Input> Field<T> {
    /// The field as it is described.
    pub(crate) fn shape(&self, presence: Presence) -> FieldShape {
        FieldShape { name: self.name, about: self.about, example: self.example, takes: T::SHAPE, presence }
    }
}

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It must.
    Required,
    /// It may be left out.
    Optional,
}

/// A field as it is described to those who write clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldShape {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// An example, in the words of JSON but without quotes.
    pub example: Option<&'static str>,
    /// What it takes.
    pub takes: Shape,
    /// Whether it must be there.
    pub presence: Presence,
}

/// Text of any length, trimmed; it may be blank.
impl Input for String {
    const SHAPE: Shape = Shape::Text(Length::ANY);

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        raw.as_text().map(|text| text.trim().to_owned())
    }
}

impl Input for bool {
    const SHAPE: Shape = Shape::Bool;

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        raw.as_bool()
    }
}

impl Input for CalendarDate {
    const SHAPE: Shape = Shape::Date;

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        raw.as_date().map(Self)
    }
}

impl Input for TimeOfDay {
    const SHAPE: Shape = Shape::Time;

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        raw.as_time().map(Self)
    }
}

/// A whole number from `MIN` to `MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Integer<const MIN: i64, const MAX: i64>(i64);

impl<const MIN: i64, const MAX: i64> Integer<MIN, MAX> {
    /// Takes a number within the limits.
    ///
    /// # Errors
    /// `TooSmall` or `TooLarge`.
    pub const fn new(number: i64) -> Result<Self, FieldFault> {
        if number < MIN {
            Err(FieldFault::TooSmall { min: MIN })
        } else if number > MAX {
            Err(FieldFault::TooLarge { max: MAX })
        } else {
            Ok(Self(number))
        }
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl<const MIN: i64, const MAX: i64> Input for Integer<MIN, MAX> {
    const SHAPE: Shape = Shape::Integer { min: MIN, max: MAX };

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        Self::new(raw.as_integer()?)
    }
}

/// At most `MAX` values. In a form that is no JSON they come under the same name, one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Several<T, const MAX: usize>(Vec<T>);

impl<T, const MAX: usize> Several<T, MAX> {
    /// Takes values that are not too many.
    ///
    /// # Errors
    /// `TooManyItems`.
    pub fn new(values: Vec<T>) -> Result<Self, FieldFault> {
        if values.len() > MAX { Err(FieldFault::TooManyItems { max: MAX }) } else { Ok(Self(values)) }
    }

    /// The values.
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }
}

impl<T: Input, const MAX: usize> Several<T, MAX> {
    fn read_all(values: &[&Raw]) -> Result<Self, FieldFault> {
        const { assert!(MAX <= Raw::ITEMS_MAX, "a form need not hold so many") };
        // Nothing is read of a list that is too long.
        if values.len() > MAX {
            return Err(FieldFault::TooManyItems { max: MAX });
        }
        values.iter().map(|raw| T::read(raw)).collect::<Result<_, _>>().map(Self)
    }
}

impl<T: Input, const MAX: usize> Input for Several<T, MAX> {
    const SHAPE: Shape = Shape::List { items: &T::SHAPE, max: MAX };

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        match raw {
            Raw::List(values) => Self::read_all(&values.iter().collect::<Vec<_>>()),
            Raw::Text(_) => Self::read_all(&[raw]),
            _ => Err(FieldFault::NotAList),
        }
    }

    fn read_repeated(earlier: &[Raw], last: &Raw) -> Result<Self, FieldFault> {
        Self::read_all(&earlier.iter().chain([last]).collect::<Vec<_>>())
    }
}
