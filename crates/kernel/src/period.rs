//! A span of dates, and of the time of day on each of them.

use crate::{CalendarDate, Field, FieldFault, FieldShape, Fields, Form, Input, Raw, Shape, describe};
use chrono::{NaiveDate, NaiveTime};
use thiserror::Error;

/// Which rows of a list to show by date and time of day; all bounds are inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First date shown; `None` is since ever.
    pub start_date: Option<NaiveDate>,
    /// Last date shown.
    pub end_date: NaiveDate,
    /// First time of day shown, on every day.
    pub start_time: Option<NaiveTime>,
    /// Last time of day shown, on every day.
    pub end_time: Option<NaiveTime>,
}

/// Why a period cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PeriodError {
    /// A date is not `YYYY-MM-DD`, or a time not `HH:MM:SS`.
    #[error("a date or time cannot be read")]
    Unreadable,
    /// The first date is after the last; the last is today when it is absent.
    #[error("the first date is after the last")]
    DatesReversed,
    /// The first time of day is after the last.
    #[error("the first time of day is after the last")]
    TimesReversed,
}

const START_DATE: Field<CalendarDate> = Field::new("start_date", "First date shown.").example("2026-11-01");
const END_DATE: Field<CalendarDate> =
    Field::new("end_date", "Last date shown; today (UTC) when it is absent.").example("2026-11-30");
const START_TIME: Field<FullTime> =
    Field::new("start_time", "First time of day shown, on every day, `HH:MM:SS`.").example("08:00:00");
const END_TIME: Field<FullTime> =
    Field::new("end_time", "Last time of day shown, on every day, `HH:MM:SS`.").example("20:00:00");

impl Period {
    /// Reads `start_date`, `end_date`, `start_time` and `end_time`; empty text is absent, an absent `end_date` is
    /// today: what is dated later stays hidden unless it is asked for.
    ///
    /// # Errors
    /// Any [`PeriodError`].
    pub fn read(query: &Form, today: NaiveDate) -> Result<Self, PeriodError> {
        let mut fields = query.fields();
        let period = Self::read_fields(&mut fields, today);
        fields.finish().or(Err(PeriodError::Unreadable))?;
        period.in_order()
    }

    /// What [`read`](Self::read) asks of a query.
    pub fn fields() -> Vec<FieldShape> {
        describe(|fields| Self::read_fields(fields, NaiveDate::MIN))
    }

    fn read_fields(fields: &mut Fields<'_>, today: NaiveDate) -> Self {
        Self {
            start_date: fields.filter(&START_DATE).map(CalendarDate::get),
            end_date: fields.filter(&END_DATE).map_or(today, CalendarDate::get),
            start_time: fields.filter(&START_TIME).map(|time| time.0),
            end_time: fields.filter(&END_TIME).map(|time| time.0),
        }
    }

    /// The period itself, unless nothing could ever be in it.
    ///
    /// # Errors
    /// `DatesReversed`, `TimesReversed`.
    pub fn in_order(self) -> Result<Self, PeriodError> {
        if self.start_date.is_some_and(|start| start > self.end_date) {
            return Err(PeriodError::DatesReversed);
        }
        if self.start_time.zip(self.end_time).is_some_and(|(start, end)| start > end) {
            return Err(PeriodError::TimesReversed);
        }
        Ok(self)
    }

    /// Whether a row of this date and time of day is shown.
    pub fn contains(&self, date: NaiveDate, time: NaiveTime) -> bool {
        self.start_date.is_none_or(|start| date >= start)
            && date <= self.end_date
            && self.start_time.is_none_or(|start| time >= start)
            && self.end_time.is_none_or(|end| time <= end)
    }
}

/// A time of day whose seconds are written.
struct FullTime(NaiveTime);

impl Input for FullTime {
    const SHAPE: Shape = Shape::FullTime;

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        let time = raw.as_time().map(Self)?;
        let is_full = raw.as_text().is_ok_and(|text| text.trim().len() >= "HH:MM:SS".len());
        if is_full { Ok(time) } else { Err(FieldFault::BadTime) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parse_date, parse_time};

    const TODAY: &str = "2026-11-20";

    fn read(values: &[(&str, &str)]) -> Result<Period, PeriodError> {
        let query = values.iter().map(|(name, text)| (*name, Raw::Text((*text).to_owned()))).collect();
        Period::read(&query, parse_date(TODAY).unwrap())
    }

    #[test]
    fn without_an_end_the_future_is_hidden() {
        let period = read(&[("start_date", ""), ("start_time", " ")]).unwrap();
        assert_eq!(period.end_date.to_string(), TODAY);
        assert!(!period.contains(parse_date("2026-11-21").unwrap(), NaiveTime::MIN));
        assert!(period.contains(parse_date("1999-01-01").unwrap(), NaiveTime::MIN));
    }

    #[test]
    fn bounds_are_inclusive_and_times_apply_to_every_day() {
        let period =
            read(&[("start_date", "2026-11-01"), ("start_time", "08:00:00"), ("end_time", "09:00:00")]).unwrap();
        let shown = |date, time| period.contains(parse_date(date).unwrap(), parse_time(time).unwrap());
        assert!(shown("2026-11-01", "08:00:00") && shown("2026-11-20", "09:00:00"));
        assert!(!shown("2026-11-10", "07:59:59.999999") && !shown("2026-11-10", "09:00:00.000001"));
        assert!(!shown("2026-10-31", "08:30:00"));
    }

    #[test]
    fn what_cannot_be_read_or_is_reversed_is_refused() {
        assert_eq!(read(&[("start_date", "20-11-2026")]), Err(PeriodError::Unreadable));
        assert_eq!(read(&[("start_time", "10:11")]), Err(PeriodError::Unreadable));
        assert_eq!(read(&[("start_date", "2026-11-21")]), Err(PeriodError::DatesReversed));
        assert_eq!(read(&[("start_time", "10:00:01"), ("end_time", "10:00:00")]), Err(PeriodError::TimesReversed));
    }
}
