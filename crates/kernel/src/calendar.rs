//! Dates and times of day, as clients write them and stores keep them.

use crate::FieldFault;
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

/// A date of the years 1 to 9999, which is what every store orders well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarDate(pub(crate) NaiveDate);

impl CalendarDate {
    /// Takes a date of these years.
    ///
    /// # Errors
    /// [`FieldFault::BadDate`].
    pub fn new(date: NaiveDate) -> Result<Self, FieldFault> {
        if (1..=9999).contains(&date.year()) { Ok(Self(date)) } else { Err(FieldFault::BadDate) }
    }

    /// The date.
    pub fn get(self) -> NaiveDate {
        self.0
    }
}

/// A time of day in whole microseconds, which is what every store keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(pub(crate) NaiveTime);

impl TimeOfDay {
    /// Takes a time of day of whole microseconds that is no leap second.
    ///
    /// # Errors
    /// [`FieldFault::BadTime`].
    pub fn new(time: NaiveTime) -> Result<Self, FieldFault> {
        let nanosecond = time.nanosecond();
        let is_kept = nanosecond < 1_000_000_000 && nanosecond.is_multiple_of(1000);
        if is_kept { Ok(Self(time)) } else { Err(FieldFault::BadTime) }
    }

    /// The time of day.
    pub fn get(self) -> NaiveTime {
        self.0
    }
}

/// Reads a date written `YYYY-MM-DD`, and nothing else.
///
/// # Errors
/// [`FieldFault::BadDate`].
pub fn parse_date(text: &str) -> Result<NaiveDate, FieldFault> {
    // chrono also takes signs and short years, which no client sends and no store orders well.
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        Ok(date) if shaped && text >= "0001-01-01" => Ok(date),
        _ => Err(FieldFault::BadDate),
    }
}

/// Reads a time of day written `HH:MM[:SS[.ffffff]]`, and nothing else.
///
/// # Errors
/// [`FieldFault::BadTime`].
pub fn parse_time(text: &str) -> Result<NaiveTime, FieldFault> {
    let (clock, fraction) = text.split_once('.').map_or((text, None), |(clock, rest)| (clock, Some(rest)));
    let shaped = clock.bytes().enumerate().all(|(at, byte)| match at {
        2 | 5 => byte == b':',
        _ => byte.is_ascii_digit(),
    });
    let fraction_shaped = fraction.is_none_or(|digits| {
        clock.len() == 8 && (1..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    let format = if clock.len() == 5 { "%H:%M" } else { "%H:%M:%S%.f" };
    match NaiveTime::parse_from_str(text, format) {
        // chrono reads second 60 as a leap second; the contract's clients and stores know none.
        Ok(time) if shaped && fraction_shaped && matches!(clock.len(), 5 | 8) && !clock.ends_with(":60") => Ok(time),
        _ => Err(FieldFault::BadTime),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    #[test]
    fn dates_have_one_form() {
        assert_eq!(parse_date("2026-11-20").unwrap().to_string(), "2026-11-20");
        for bad in ["", "2026-1-2", "2026-02-30", "+2026-11-2", "20261120", "2026-11-20T00:00:00", "0000-01-01"] {
            assert_eq!(parse_date(bad), Err(FieldFault::BadDate), "{bad}");
        }
    }

    #[test]
    fn times_may_leave_out_seconds_and_micros() {
        for good in ["10:11", "10:11:12", "10:11:12.5", "23:59:59.999999", "00:00"] {
            assert!(parse_time(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "1:11",
            "10:11:",
            "10:11:12.",
            "10:11:12.1234567",
            "24:00",
            "10:60",
            "10:11:60",
            "10:11.5",
            "+1:11",
            "2026-11-20",
        ] {
            assert_eq!(parse_time(bad), Err(FieldFault::BadTime), "{bad}");
        }
    }

    #[test]
    fn what_no_store_keeps_is_no_value() {
        let date = |year| CalendarDate::new(NaiveDate::from_ymd_opt(year, 12, 31).unwrap()).is_ok();
        assert_eq!([0, 1, 9999, 10_000].map(date), [false, true, true, false]);
        let time = |nanosecond| TimeOfDay::new(NaiveTime::from_hms_nano_opt(23, 59, 59, nanosecond).unwrap()).is_ok();
        assert_eq!([0, 1, 999_999_000, 1_000_000_000].map(time), [true, false, true, false]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_261_121), ..ProptestConfig::default() })]

        #[test]
        fn every_date_is_read_back_and_nothing_else_is_one(days in 1_i32..3_652_060, text in "[0-9+-]{8,11}") {
            let date = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
            prop_assert_eq!(parse_date(&date.to_string()), Ok(date));
            prop_assert!(parse_date(&text).map_or(true, |date| date.to_string() == text));
        }

        #[test]
        fn every_time_is_read_back_and_nothing_else_is_one(seconds in 0_u32..86_400, micros in 0_u32..1_000_000, text in "[0-9:.+]{4,16}") {
            let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, micros * 1000).unwrap();
            prop_assert_eq!(parse_time(&time.format("%H:%M:%S%.6f").to_string()), Ok(time));
            if let Ok(time) = parse_time(&text) {
                let written = time.format("%H:%M:%S%.6f").to_string();
                prop_assert!(written.starts_with(&text), "{} is no {}", text, written);
            }
        }
    }
}
