//! The bounds of a period. An absent bound is the outermost value, so that a list is one statement, prepared once.

use crate::row_types::DbTime;
use diesel::dsl::Eq;
use diesel::prelude::*;
use diesel::sql_types::Bool;
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

/// What [`judged_row_by_row`](fn@judged_row_by_row) makes of a condition, by the name under which Diesel looks for it.
#[expect(non_camel_case_types, reason = "a query that is a function is typed by the names of the functions in it")]
pub(super) type judged_row_by_row<C> = Eq<C, bool>;

/// The condition in a form for which a planner without values does not use an index.
///
/// A page of a list is read along the index of its order, and stops at the limit. Such a planner would assume that the condition is
/// rare, read all rows that meet it, and sort them for each page. Filtered row by row, all pages together cost as much as one
/// list.
pub(super) fn judged_row_by_row<C>(condition: C) -> Eq<C, bool>
where
    C: Expression<SqlType = Bool>,
{
    condition.eq(true)
}
