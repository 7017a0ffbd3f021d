//! Values as clients read them. Lists are made of these, so they are written without a detour over the heap.

use kernel::chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use kernel::{Instant, Money, Uuid};
use serde::{Serialize, Serializer};

/// An identifier: lower-case and hyphenated.
#[derive(Debug)]
pub struct Id(pub Uuid);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_hyphenated().encode_lower(&mut Uuid::encode_buffer()))
    }
}

/// An amount with exactly two decimals.
#[derive(Debug)]
pub struct Amount(pub Money);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let minor = self.0.minor();
        let mut text = Backwards::default();
        text.digits(minor.unsigned_abs() % 100, 2);
        text.byte(b'.');
        text.digits(minor.unsigned_abs() / 100, 1);
        if minor < 0 {
            text.byte(b'-');
        }
        serializer.serialize_str(text.as_str())
    }
}

/// `YYYY-MM-DD`.
#[derive(Debug)]
pub struct Date(pub NaiveDate);

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = Backwards::default();
        text.digits(self.0.day().into(), 2);
        text.byte(b'-');
        text.digits(self.0.month().into(), 2);
        text.byte(b'-');
        // The contract's years are 1 to 9999.
        text.digits(self.0.year().unsigned_abs().into(), 4);
        serializer.serialize_str(text.as_str())
    }
}

/// Reads a uuid as paths have it: with hyphens, and nothing around it.
pub fn path_uuid(text: &str) -> Option<Uuid> {
    Some(text).filter(|text| text.len() == 36).and_then(|text| Uuid::try_parse(text).ok())
}

/// `HH:MM:SS`, with six decimals when there are any.
#[derive(Debug)]
pub struct Time(pub NaiveTime);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(time_of_day(self.0).as_str())
    }
}

/// See [`Time`].
pub fn time(time: NaiveTime) -> String {
    time_of_day(time).as_str().to_owned()
}

/// `YYYY-MM-DDTHH:MM:SSZ`, with six decimals when there are any.
pub fn timestamp(at: Instant) -> String {
    format!("{}T{}Z", at.date(), time(at.time()))
}

fn time_of_day(time: NaiveTime) -> Backwards {
    let mut text = Backwards::default();
    if time.nanosecond() != 0 {
        text.digits((time.nanosecond() / 1000).into(), 6);
        text.byte(b'.');
    }
    text.digits(time.second().into(), 2);
    text.byte(b':');
    text.digits(time.minute().into(), 2);
    text.byte(b':');
    text.digits(time.hour().into(), 2);
    text
}

/// A short ASCII text, written from its end, as numbers come apart.
struct Backwards {
    bytes: [u8; Self::BYTES_MAX],
    start: usize,
}

impl Default for Backwards {
    fn default() -> Self {
        Self { bytes: [0; Self::BYTES_MAX], start: Self::BYTES_MAX }
    }
}

impl Backwards {
    /// Enough for every amount: a sign, nineteen digits and a point.
    const BYTES_MAX: usize = 24;

    fn byte(&mut self, byte: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(place) = self.bytes.get_mut(self.start) {
            *place = byte;
        }
    }

    /// A number with at least so many digits.
    fn digits(&mut self, mut number: u64, least: usize) {
        let mut written = 0;
        while number > 0 || written < least {
            self.byte(b'0' + u8::try_from(number % 10).unwrap_or_default());
            number /= 10;
            written += 1;
        }
    }

    fn as_str(&self) -> &str {
        self.bytes.get(self.start..).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::chrono::DateTime;
    use proptest::prelude::*;

    fn written(value: impl Serialize) -> String {
        serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
    }

    fn timestamp_after(microseconds: i64) -> String {
        timestamp(Instant::new(DateTime::from_timestamp_micros(1_795_215_860_000_000 + microseconds).unwrap()))
    }

    #[test]
    fn decimals_are_six_or_none() {
        assert_eq!(timestamp_after(0), "2026-11-20T23:04:20Z");
        assert_eq!(timestamp_after(500_000), "2026-11-20T23:04:20.500000Z");
        assert_eq!(timestamp_after(827_822), "2026-11-20T23:04:20.827822Z");
    }

    proptest! {
        #[test]
        fn values_look_as_their_types_write_them(
            id: u128, minor: i64, days in 1..3_652_059, seconds in 0..86_400_u32, microseconds in 0..1_000_000_u32,
        ) {
            let id = Uuid::from_u128(id);
            prop_assert_eq!(written(Id(id)), id.to_string());
            for minor in [minor, minor % 1000, i64::MIN] {
                let money = Money::from_minor(minor);
                prop_assert_eq!(written(Amount(money)), money.to_string());
            }
            let date = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
            prop_assert_eq!(written(Date(date)), date.to_string());
            for microseconds in [0, microseconds] {
                let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, microseconds * 1000).unwrap();
                let format = if microseconds == 0 { "%H:%M:%S" } else { "%H:%M:%S%.6f" };
                prop_assert_eq!(written(Time(time)), time.format(format).to_string());
            }
        }
    }
}
