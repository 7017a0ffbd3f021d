//! Listing expenses or incomes.

use crate::{Household, period, text};
use kernel::{Form, PeriodError};
use ledger::{LedgerError, Side, list_entries};

/// The titles of Ann's expenses, asked for on 2026-11-20.
fn titles(home: &Household, query: &[(&str, &str)]) -> Result<Vec<String>, LedgerError> {
    let query: Form = query.iter().map(|(name, value)| (*name, text(value))).collect();
    let listed = home.read(|tx| list_entries(tx, Side::Expense, home.ann, &period(&query)?, u32::MAX))?;
    Ok(listed.into_iter().map(|entry| entry.title.as_str().to_owned()).collect())
}

fn stocked() -> Household {
    let home = Household::new();
    for (title, date, time) in [
        ("today", "2026-11-20", "10:00:00"),
        ("tomorrow", "2026-11-21", "11:00:00"),
        ("yesterday", "2026-11-19", "12:00:00"),
        ("long ago", "1999-12-31", "23:59:59"),
    ] {
        home.expense_with(&[("title", text(title)), ("creation_date", text(date)), ("creation_time", text(time))]);
    }
    home
}

#[test]
fn what_is_dated_later_than_today_stays_hidden_until_it_is_asked_for() -> Result<(), LedgerError> {
    let home = stocked();
    assert_eq!(titles(&home, &[])?, ["today", "yesterday", "long ago"]);
    assert_eq!(titles(&home, &[("end_date", "")])?, ["today", "yesterday", "long ago"]);
    assert_eq!(titles(&home, &[("end_date", "2026-11-21")])?, ["today", "tomorrow", "yesterday", "long ago"]);
    Ok(())
}

#[test]
fn one_day_is_asked_for_by_naming_it_twice() -> Result<(), LedgerError> {
    let home = stocked();
    let day = [("start_date", "2026-11-19"), ("end_date", "2026-11-19"), ("start_time", ""), ("end_time", "")];
    assert_eq!(titles(&home, &day)?, ["yesterday"]);
    Ok(())
}

#[test]
fn times_of_day_hold_on_every_day() -> Result<(), LedgerError> {
    let home = stocked();
    assert_eq!(titles(&home, &[("start_time", "12:00:00")])?, ["yesterday", "long ago"]);
    assert_eq!(titles(&home, &[("start_time", "10:00:00"), ("end_time", "12:00:00")])?, ["today", "yesterday"]);
    Ok(())
}

#[test]
fn nobody_else_sees_them_and_incomes_are_apart() -> Result<(), LedgerError> {
    let home = stocked();
    let all = period(&Form::from_iter([("end_date", text("9999-12-31"))]))?;
    assert!(home.read(|tx| list_entries(tx, Side::Expense, home.bob, &all, u32::MAX))?.is_empty());
    assert!(home.read(|tx| list_entries(tx, Side::Income, home.ann, &all, u32::MAX))?.is_empty());
    Ok(())
}

#[test]
fn what_cannot_be_read_or_is_reversed_is_refused() {
    let home = stocked();
    for (query, expected) in [
        ([("start_date", "20-11-2026"), ("", "")], PeriodError::Unreadable),
        ([("end_date", "tomorrow"), ("", "")], PeriodError::Unreadable),
        ([("start_time", "10:00"), ("", "")], PeriodError::Unreadable),
        ([("start_date", "2026-11-21"), ("", "")], PeriodError::DatesReversed),
        ([("start_date", "2026-11-02"), ("end_date", "2026-11-01")], PeriodError::DatesReversed),
        ([("start_time", "12:00:00"), ("end_time", "10:00:00")], PeriodError::TimesReversed),
    ] {
        let refused = titles(&home, &query);
        assert!(matches!(&refused, Err(LedgerError::Filter(error)) if *error == expected), "{query:?}: {refused:?}");
    }
}
