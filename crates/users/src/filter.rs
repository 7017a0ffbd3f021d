//! Which users to list.

use kernel::chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use kernel::{Field, FieldFault, FieldShape, Fields, Form, Input, Instant, Length, Raw, Shape, describe, parse_date};

/// Which users to list; an absent condition lets everybody through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserFilter {
    /// The moment of asking: a locked account counts as not active.
    pub now: Instant,
    /// Active and not locked, or not.
    pub is_active: Option<bool>,
    /// Staff, or not.
    pub is_staff: Option<bool>,
    /// Superuser, or not.
    pub is_superuser: Option<bool>,
    /// Joined at this moment or later.
    pub joined_from: Option<Instant>,
    /// Joined before this moment, at the latest [`Instant::FAR_FUTURE`].
    pub joined_before: Option<Instant>,
}

impl UserFilter {
    /// Everybody.
    pub fn everybody(now: Instant) -> Self {
        Self { now, is_active: None, is_staff: None, is_superuser: None, joined_from: None, joined_before: None }
    }

    /// Reads the filter from query parameters; `None` when a date cannot be read or the dates are reversed.
    ///
    /// A flag is true for `true` in any case and false for any other text; dates are inclusive, `YYYY-MM-DD HH:MM:SS` or
    /// `YYYY-MM-DD`; empty text is no condition.
    pub fn read(query: &Form, now: Instant) -> Option<Self> {
        let mut fields = query.fields();
        let filter = Self::read_fields(&mut fields, now);
        fields.finish().ok()?;
        let is_reversed = filter.joined_from.zip(filter.joined_before).is_some_and(|(from, before)| from >= before);
        Some(filter).filter(|_| !is_reversed)
    }

    /// The parameters of the query.
    pub fn fields() -> Vec<FieldShape> {
        describe(|fields| Self::read_fields(fields, Instant::FAR_FUTURE))
    }

    fn read_fields(fields: &mut Fields<'_>, now: Instant) -> Self {
        Self {
            now,
            is_active: fields.filter(&IS_ACTIVE).map(|flag| flag.0),
            is_staff: fields.filter(&IS_STAFF).map(|flag| flag.0),
            is_superuser: fields.filter(&IS_SUPERUSER).map(|flag| flag.0),
            joined_from: fields.filter(&START_DATE).map(|start| start.first),
            joined_before: fields.filter(&END_DATE).map(|end| end.after),
        }
    }
}

const FLAG: &str = "`true` in any case is true, any other text is false.";
const IS_ACTIVE: Field<Flag> = Field::new("is_active", FLAG).example("true");
const IS_STAFF: Field<Flag> = Field::new("is_staff", FLAG).example("false");
const IS_SUPERUSER: Field<Flag> = Field::new("is_superuser", FLAG).example("false");
const START_DATE: Field<Moment> =
    Field::new("start_date", "Joined then or later, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`.").example("2026-11-01");
const END_DATE: Field<Moment> =
    Field::new("end_date", "Joined then or earlier, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`.")
        .example("2026-11-30 23:59:59");

/// A condition as the contract reads it: true for one word, and false for any other text.
struct Flag(bool);

impl Input for Flag {
    const SHAPE: Shape = Shape::Text(Length::ANY);

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        raw.as_text().map(|text| Self(text.trim().eq_ignore_ascii_case("true")))
    }
}

/// A date or a second, as the half-open span of time that it names.
#[derive(Clone, Copy)]
struct Moment {
    first: Instant,
    after: Instant,
}

impl Input for Moment {
    const SHAPE: Shape = Shape::Text(Length::ANY);

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        Self::of(raw.as_text()?.trim()).ok_or(FieldFault::BadDate)
    }
}

impl Moment {
    fn of(text: &str) -> Option<Self> {
        let (first, after) = if let Ok(date) = parse_date(text) {
            (midnight(date), date.checked_add_days(Days::new(1)).map(midnight)?)
        } else {
            let (date, time) = text.split_once([' ', 'T'])?;
            let time = NaiveTime::parse_from_str(time, "%H:%M:%S").ok().filter(|_| time.len() == 8)?;
            let second = parse_date(date).ok()?.and_time(time);
            (second, second.checked_add_signed(TimeDelta::seconds(1))?)
        };
        // What follows the year 9999 is no date that a store orders well; nobody joins that late.
        let after = Instant::new(after.and_utc()).min(Instant::FAR_FUTURE);
        Some(Self { first: Instant::new(first.and_utc()), after })
    }
}

fn midnight(date: NaiveDate) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::chrono::DateTime;

    fn read(values: &[(&str, &str)]) -> Option<UserFilter> {
        let query = values.iter().map(|(name, text)| (*name, Raw::Text((*text).to_owned()))).collect();
        UserFilter::read(&query, Instant::new(DateTime::UNIX_EPOCH))
    }

    #[test]
    fn only_the_word_true_is_true_and_empty_text_is_no_condition() {
        let filter = read(&[("is_active", "True"), ("is_staff", "yes"), ("is_superuser", "")]).unwrap();
        assert_eq!((filter.is_active, filter.is_staff, filter.is_superuser), (Some(true), Some(false), None));
    }

    #[test]
    fn both_ends_are_inclusive_in_either_form() {
        let filter = read(&[("start_date", "2026-11-20 10:00:00"), ("end_date", "2026-11-20")]).unwrap();
        let shown = |from: Option<Instant>| from.unwrap().as_datetime().to_string();
        assert_eq!(shown(filter.joined_from), "2026-11-20 10:00:00 UTC");
        assert_eq!(shown(filter.joined_before), "2026-11-21 00:00:00 UTC");
        let second = read(&[("start_date", "2026-11-20 10:00:00"), ("end_date", "2026-11-20 10:00:00")]);
        assert!(second.is_some());
    }

    #[test]
    fn no_end_is_later_than_a_store_can_write() {
        for last in ["9999-12-31", "9999-12-31 23:59:59"] {
            assert_eq!(read(&[("end_date", last)]).unwrap().joined_before, Some(Instant::FAR_FUTURE), "{last}");
        }
    }

    #[test]
    fn what_cannot_be_read_or_is_reversed_is_refused() {
        for bad in [
            &[("start_date", "20/11/2026")][..],
            &[("end_date", "2026-11-20 25:00:00")],
            &[("start_date", "2026-11-21"), ("end_date", "2026-11-20")],
        ] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
    }
}
