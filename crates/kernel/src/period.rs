//! A span of dates, and of the time of day on each of them.

use crate::{FieldFault, Form, Raw, parse_date, parse_time};
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

impl Period {
    /// Reads `start_date`, `end_date`, `start_time` and `end_time`; empty text is absent, an absent `end_date` is
    /// today: what is dated later stays hidden unless it is asked for.
    ///
    /// # Errors
    /// Any [`PeriodError`].
    pub fn read(query: &Form, today: NaiveDate) -> Result<Self, PeriodError> {
        let period = Self {
            start_date: given(query, "start_date", parse_date)?,
            end_date: given(query, "end_date", parse_date)?.unwrap_or(today),
            start_time: given(query, "start_time", parse_full_time)?,
            end_time: given(query, "end_time", parse_full_time)?,
        };
        if period.start_date.is_some_and(|start| start > period.end_date) {
            return Err(PeriodError::DatesReversed);
        }
        if period.start_time.zip(period.end_time).is_some_and(|(start, end)| start > end) {
            return Err(PeriodError::TimesReversed);
        }
        Ok(period)
    }

    /// Whether a row of this date and time of day is shown.
    pub fn contains(&self, date: NaiveDate, time: NaiveTime) -> bool {
        self.start_date.is_none_or(|start| date >= start)
            && date <= self.end_date
            && self.start_time.is_none_or(|start| time >= start)
            && self.end_time.is_none_or(|end| time <= end)
    }
}

fn given<T>(query: &Form, name: &str, parse: fn(&str) -> Result<T, FieldFault>) -> Result<Option<T>, PeriodError> {
    match query.get(name) {
        None => Ok(None),
        Some(Raw::Text(text)) if text.trim().is_empty() => Ok(None),
        Some(raw) => raw.as_text().and_then(|text| parse(text.trim())).map(Some).or(Err(PeriodError::Unreadable)),
    }
}

/// In a filter the seconds must be written.
fn parse_full_time(text: &str) -> Result<NaiveTime, FieldFault> {
    if text.len() < 8 { Err(FieldFault::BadTime) } else { parse_time(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

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
