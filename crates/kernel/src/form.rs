//! What a client sent, by the names of its fields, and how it is read.

use crate::{Field, FieldErrors, FieldFault, FieldShape, Input, Presence, Raw};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

/// The fields that a client sent. Unknown ones are ignored.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Form {
    values: BTreeMap<String, Raw>,
    /// What came before the last value, of names that came more than once.
    repeated: BTreeMap<String, Vec<Raw>>,
}

impl fmt::Debug for Form {
    /// Names only: the values may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.values.keys()).finish()
    }
}

impl<Name: Into<String>> FromIterator<(Name, Raw)> for Form {
    /// Of a name that comes more than once the last value counts, but for lists: they take all.
    fn from_iter<I: IntoIterator<Item = (Name, Raw)>>(values: I) -> Self {
        let mut form = Self::default();
        for (name, raw) in values {
            match form.values.entry(name.into()) {
                Entry::Vacant(free) => drop(free.insert(raw)),
                Entry::Occupied(mut last) => {
                    let name = last.key().clone();
                    form.repeated.entry(name).or_default().push(last.insert(raw));
                }
            }
        }
        form
    }
}

impl Form {
    /// The value of a field, if it was sent.
    pub fn get(&self, name: &str) -> Option<&Raw> {
        self.values.get(name)
    }

    /// Puts a value in the place of a field, whether or not it was sent.
    pub fn set(&mut self, name: &str, value: Raw) {
        self.repeated.remove(name);
        self.values.insert(name.to_owned(), value);
    }

    /// Starts to read fields, gathering every fault on the way.
    pub fn fields(&self) -> Fields<'_> {
        Fields { form: self, errors: FieldErrors::default(), described: None }
    }

    fn read<T: Input>(&self, field: &Field<T>, raw: &Raw) -> Result<T, FieldFault> {
        match self.repeated.get(field.name()) {
            Some(earlier) => T::read_repeated(earlier, raw),
            None => T::read(raw),
        }
    }
}

/// A reader of a form that gathers every fault, so that a client learns of all of them at once.
///
/// What a reader asks for is also how its fields are described; see [`describe`]. So it asks for every field, whatever the
/// others hold.
#[derive(Debug)]
pub struct Fields<'form> {
    form: &'form Form,
    errors: FieldErrors,
    described: Option<Vec<FieldShape>>,
}

/// The fields that a reader asks for, in its order.
pub fn describe<R>(read: impl FnOnce(&mut Fields<'_>) -> R) -> Vec<FieldShape> {
    let nothing = Form::default();
    let mut fields = Fields { described: Some(Vec::new()), ..nothing.fields() };
    drop(read(&mut fields));
    fields.described.unwrap_or_default()
}

impl<'form> Fields<'form> {
    /// Reads a field that must be there. `None` means that a fault was noted.
    pub fn required<T: Input>(&mut self, field: &Field<T>) -> Option<T> {
        let read = self.attempt(field);
        self.noted(field.name(), read)
    }

    /// Reads a field that may be absent, and may not be null. `None` means absent, or that a fault was noted.
    pub fn optional<T: Input>(&mut self, field: &Field<T>) -> Option<T> {
        let read = match self.asked(field, Presence::Optional)? {
            Raw::Null => Err(FieldFault::Null),
            raw => self.form.read(field, raw),
        };
        self.noted(field.name(), read)
    }

    /// Reads a field that may be absent, and is as good as absent when it cannot be read.
    pub fn lenient<T: Input>(&mut self, field: &Field<T>) -> Option<T> {
        let raw = self.asked(field, Presence::Optional)?;
        self.form.read(field, raw).ok()
    }

    /// Reads a parameter of a query: empty text is as good as absent. `None` means absent, or that a fault was noted.
    pub fn filter<T: Input>(&mut self, field: &Field<T>) -> Option<T> {
        let read = match self.asked(field, Presence::Optional)? {
            Raw::Text(text) if text.trim().is_empty() => return None,
            Raw::Null => Err(FieldFault::Null),
            raw => self.form.read(field, raw),
        };
        self.noted(field.name(), read)
    }

    /// Reads a field that must be there, and leaves it to the caller what to make of a fault.
    pub fn attempt<T: Input>(&mut self, field: &Field<T>) -> Result<T, FieldFault> {
        match self.asked(field, Presence::Required) {
            None => Err(FieldFault::Required),
            Some(Raw::Null) => Err(FieldFault::Null),
            Some(raw) => self.form.read(field, raw),
        }
    }

    /// Notes a fault that was found in another way.
    pub fn fault(&mut self, name: &'static str, fault: FieldFault) {
        self.errors.add(name, fault);
    }

    /// What was read, or else its fault is noted.
    pub fn noted<T>(&mut self, name: &'static str, read: Result<T, FieldFault>) -> Option<T> {
        read.map_err(|fault| self.errors.add(name, fault)).ok()
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

    /// The value that was sent for a field, which is written down when fields are described.
    fn asked<T: Input>(&mut self, field: &Field<T>, presence: Presence) -> Option<&'form Raw> {
        if let Some(described) = &mut self.described {
            described.push(field.shape(presence));
        }
        self.form.get(field.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CategoryId, Integer, SentFile, Several, Shape, Text};
    use proptest::prelude::*;
    use std::sync::Arc;

    const TITLE: Field<Text<5>> = Field::new("title", "What it is.").example("Lunch");
    const NAME: Field<Text<5>> = Field::new("name", "What it is called.");
    const CATEGORY: Field<CategoryId> = Field::new("category", "What it is filed under.");
    const NUMBERS: Field<Several<Integer<1, 9>, 3>> = Field::new("numbers", "Some numbers.");

    fn text(text: &str) -> Raw {
        Raw::Text(text.to_owned())
    }

    fn told(fields: Fields<'_>) -> Vec<(&'static str, Vec<FieldFault>)> {
        fields.into_errors().iter().map(|(name, faults)| (name, faults.to_vec())).collect()
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let form = Form::from_iter([("name", text(" ")), ("category", text("abc"))]);
        let mut fields = form.fields();
        assert_eq!(fields.required(&TITLE), None);
        assert_eq!(fields.required(&NAME), None);
        assert_eq!(fields.required(&CATEGORY), None);
        let not_a_uuid = FieldFault::NotAUuid { sent: "abc".to_owned() };
        let expected =
            [("title", vec![FieldFault::Required]), ("name", vec![FieldFault::Blank]), ("category", vec![not_a_uuid])];
        assert_eq!(told(fields), expected);
    }

    #[test]
    fn how_a_field_is_read_says_what_is_told_of_it() {
        for (sent, required, optional, lenient, filter) in [
            (None, Some(FieldFault::Required), None, None, None),
            (Some(Raw::Null), Some(FieldFault::Null), Some(FieldFault::Null), None, Some(FieldFault::Null)),
            (Some(text(" ")), Some(FieldFault::Blank), Some(FieldFault::Blank), None, None),
            (
                Some(Raw::Bool(true)),
                Some(FieldFault::NotText),
                Some(FieldFault::NotText),
                None,
                Some(FieldFault::NotText),
            ),
            (Some(text("Rent")), None, None, None, None),
        ] {
            let form: Form = sent.clone().into_iter().map(|raw| ("title", raw)).collect();
            let fault = |read: fn(&mut Fields<'_>) -> Option<Text<5>>| {
                let mut fields = form.fields();
                let value = read(&mut fields);
                assert!(value.is_none() || fields.is_faultless());
                fields.into_errors().iter().next().map(|(_, faults)| faults[0].clone())
            };
            assert_eq!(fault(|fields| fields.required(&TITLE)), required, "{sent:?}");
            assert_eq!(fault(|fields| fields.optional(&TITLE)), optional, "{sent:?}");
            assert_eq!(fault(|fields| fields.lenient(&TITLE)), lenient, "{sent:?}");
            assert_eq!(fault(|fields| fields.filter(&TITLE)), filter, "{sent:?}");
            assert_eq!(form.fields().attempt(&TITLE).err(), required, "{sent:?}");
        }
    }

    #[test]
    fn what_is_asked_for_is_what_is_described() {
        let described = describe(|fields| {
            fields.required(&TITLE);
            fields.optional(&CATEGORY)
        });
        let takes = Shape::Text(crate::Length { min: 1, max: 5 });
        let title = FieldShape {
            name: "title",
            about: "What it is.",
            example: Some("Lunch"),
            takes,
            presence: Presence::Required,
        };
        assert_eq!(described[0], title);
        assert_eq!(
            (described[1].name, described[1].takes, described[1].presence),
            ("category", Shape::Uuid, Presence::Optional)
        );
        assert_eq!(described.len(), 2);
    }

    #[test]
    fn an_empty_reference_is_null() {
        assert_eq!(text("").as_uuid(), Err(FieldFault::Null));
    }

    #[test]
    fn the_last_of_a_repeated_name_counts_but_a_list_takes_all() {
        let mut form = Form::from_iter([
            ("numbers", text("1")),
            ("title", text("a")),
            ("numbers", text("2")),
            ("title", text("b")),
        ]);
        let mut fields = form.fields();
        assert_eq!(fields.required(&TITLE).unwrap().as_str(), "b");
        let numbers = |form: &Form| {
            let read = form.fields().attempt(&NUMBERS);
            read.map(|numbers| numbers.into_vec().into_iter().map(Integer::get).collect::<Vec<_>>())
        };
        assert_eq!(numbers(&form), Ok(vec![1, 2]));
        form.set("numbers", Raw::List(vec![Raw::Number("3".to_owned())]));
        assert_eq!(numbers(&form), Ok(vec![3]));
        for (sent, fault) in [
            (Raw::List(vec![Raw::Number("0".to_owned())]), FieldFault::TooSmall { min: 1 }),
            (Raw::List(vec![Raw::Number("10".to_owned())]), FieldFault::TooLarge { max: 9 }),
            (Raw::List(vec![Raw::Bool(true)]), FieldFault::NotAnInteger),
            (Raw::List(vec![text("1"); 4]), FieldFault::TooManyItems { max: 3 }),
            (Raw::Bool(true), FieldFault::NotAList),
        ] {
            form.set("numbers", sent.clone());
            assert_eq!(numbers(&form), Err(fault), "{sent:?}");
        }
    }

    #[test]
    fn debug_output_never_shows_a_value() {
        let inner = Raw::Object(Box::new(Form::from_iter([("password", text("s3cret"))])));
        let form = Form::from_iter([("password", text("s3cret")), ("more", inner.clone())]);
        assert_eq!(format!("{form:?} {inner:?}"), r#"{"more", "password"} Object({"password"})"#);
        let file = SentFile { name: "s3cret".to_owned(), bytes: Arc::from(*b"s3cret") };
        assert_eq!(format!("{file:?}"), "SentFile { length: 6, .. }");
    }

    proptest! {
        #[test]
        fn whole_numbers_are_within_their_limits_or_refused(number: i128, text in "[0-9. -]{0,22}") {
            for text in [number.to_string(), (number >> 120).to_string(), text] {
                let read = Integer::<-5, 100>::read(&Raw::Text(text.clone())).map(Integer::get);
                let expected = match text.trim().parse::<i128>() {
                    Err(_) => Err(FieldFault::NotAnInteger),
                    Ok(number) if number < -5 => Err(FieldFault::TooSmall { min: -5 }),
                    Ok(number) if number > 100 => Err(FieldFault::TooLarge { max: 100 }),
                    Ok(number) => Ok(i64::try_from(number).unwrap()),
                };
                // What is too long for the oracle is no less a number.
                if text.trim().len() < 39 {
                    prop_assert_eq!(read, expected, "{}", text);
                }
            }
        }
    }
}
