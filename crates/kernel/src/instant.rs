//! Moments in time: UTC, whole microseconds, so that every store keeps them exactly.

use chrono::{DateTime, NaiveDate, NaiveTime, SubsecRound, TimeDelta, Utc};

/// A moment in time, UTC, truncated to microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(DateTime<Utc>);

impl Instant {
    /// A moment later than any that Ease will see (the last second of the year 9999).
    pub const FAR_FUTURE: Self = match DateTime::from_timestamp(253_402_300_799, 0) {
        Some(at) => Self(at),
        None => Self(DateTime::UNIX_EPOCH),
    };

    /// The moment `at`, cut to microseconds.
    pub fn new(at: DateTime<Utc>) -> Self {
        Self(at.trunc_subsecs(6))
    }

    /// The moment as chrono knows it.
    pub fn as_datetime(self) -> DateTime<Utc> {
        self.0
    }

    /// Whole seconds since 1970-01-01.
    pub fn unix_seconds(self) -> i64 {
        self.0.timestamp()
    }

    /// The UTC date.
    pub fn date(self) -> NaiveDate {
        self.0.date_naive()
    }

    /// The UTC time of day.
    pub fn time(self) -> NaiveTime {
        self.0.time()
    }

    /// `seconds` later; [`Instant::FAR_FUTURE`] at the latest.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        TimeDelta::try_seconds(seconds)
            .and_then(|delta| self.0.checked_add_signed(delta))
            .map_or(Self::FAR_FUTURE, |at| Self(at).min(Self::FAR_FUTURE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_stop_at_the_far_future() {
        assert_eq!(Instant::FAR_FUTURE.plus_seconds(1), Instant::FAR_FUTURE);
        assert_eq!(Instant::FAR_FUTURE.date().to_string(), "9999-12-31");
    }
}
