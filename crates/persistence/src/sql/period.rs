//! The bounds of a period. One that is absent is the outermost value, so that a list is one statement, prepared once.

use super::row_types::DbTime;
use kernel::Period;
use kernel::chrono::{NaiveDate, NaiveTime};

/// The first date of a period; nothing is dated before the year 1.
pub(super) fn first_date(period: &Period) -> NaiveDate {
    period.start_date.or_else(|| NaiveDate::from_ymd_opt(1, 1, 1)).unwrap_or_default()
}

/// The first time of day of a period.
pub(super) fn first_time(period: &Period) -> DbTime {
    DbTime(period.start_time.unwrap_or(NaiveTime::MIN))
}

/// The last time of day of a period.
pub(super) fn last_time(period: &Period) -> DbTime {
    DbTime(period.end_time.or_else(|| NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999)).unwrap_or_default())
}
