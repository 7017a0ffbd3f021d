//! What the clauses of all domains use: moments, texts, and short ways to read and to write.

use crate::{Store, Tx};
use kernel::chrono::{DateTime, NaiveDate, NaiveTime};
use kernel::{Failure, Instant, Period, Raw, Retryable, StoreError, Text};
use std::fmt::Debug;

/// Text that a store may not bend: wide, combining, right to left, quoted and escaped.
pub(super) const UNICODE: &str = "Ärger & 猫 e\u{301} שלום 🦀 'it''s' \\n %_ \"q\"";

/// Whatever ended the work of a clause.
#[derive(Debug)]
pub(super) struct Trouble {
    retryable: bool,
    #[expect(dead_code, reason = "read by its Debug output, when a clause fails")]
    error: Box<dyn std::error::Error>,
}

impl<F: Failure> From<F> for Trouble {
    fn from(failure: F) -> Self {
        Self { retryable: failure.retryable(), error: Box::new(failure) }
    }
}

impl Retryable for Trouble {
    fn is_retryable(&self) -> bool {
        self.retryable
    }
}

/// Does something that must succeed.
pub(super) fn write<R>(store: &dyn Store, work: impl FnMut(&mut dyn Tx) -> Result<R, Trouble>) -> R {
    store.write(work).unwrap()
}

/// Reads something that must succeed.
pub(super) fn read<R>(store: &dyn Store, work: impl FnOnce(&mut dyn Tx) -> Result<R, StoreError>) -> R {
    store.read(work).unwrap()
}

/// Does something that must be a lost race: run again, a bounded number of times, in vain.
pub(super) fn lose_race<R: Debug>(store: &dyn Store, mut work: impl FnMut(&mut dyn Tx) -> Result<R, StoreError>) {
    let mut runs = 0_u32;
    let error = store
        .write(|tx| {
            runs += 1;
            work(tx)
        })
        .unwrap_err();
    assert!(error.is_retryable(), "not a lost race: {error:?}");
    assert!(runs > 1, "a lost race was not run again");
}

/// Seconds after 2026-11-20 23:04:20.827822 UTC.
pub(super) fn at(seconds: i64) -> Instant {
    Instant::new(DateTime::from_timestamp_micros(1_795_215_860_827_822).unwrap()).plus_seconds(seconds)
}

/// A date of November 2026.
pub(super) fn november(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

/// A time of day.
pub(super) fn time(hour: u32, minute: u32, second: u32, micro: u32) -> NaiveTime {
    NaiveTime::from_hms_micro_opt(hour, minute, second, micro).unwrap()
}

/// Every date and every time of day.
pub(super) fn always() -> Period {
    let end_date = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
    Period { start_date: None, end_date, start_time: None, end_time: None }
}

/// Text of a bounded length.
pub(super) fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::parse(&Raw::Text(text.to_owned())).unwrap()
}
