//! Adding up expenses and incomes.

use crate::{Household, period, text};
use kernel::{FieldFault, Form};
use ledger::{Group, Grouping, LedgerError, Side, Summary, summarise_entries};

/// What Ann's entries come to, asked for on 2026-11-20.
fn summary(home: &Household, query: &[(&str, &str)]) -> Result<Summary, LedgerError> {
    let query: Form = query.iter().map(|(name, value)| (*name, text(value))).collect();
    home.read(|tx| summarise_entries(tx, home.ann, &period(&query)?, Grouping::read(&query)?))
}

fn stocked() -> Result<Household, LedgerError> {
    let home = Household::new();
    for (amount, date) in [("0.10", "2026-10-31"), ("0.20", "2026-11-20"), ("5", "2026-11-21")] {
        home.expense_with(&[("amount", text(amount)), ("creation_date", text(date))]);
    }
    home.record(Side::Income, &home.form(&[("amount", text("99999999.99"))]))?;
    Ok(home)
}

#[test]
fn sides_are_added_up_apart_and_balanced() -> Result<(), LedgerError> {
    let found = summary(&stocked()?, &[("group_by", "month")])?;
    assert_eq!(found.grouping, Grouping::Month);
    let told = |totals: ledger::Totals| [totals.income, totals.expense, totals.balance()].map(|sum| sum.to_string());
    assert_eq!(told(found.totals), ["99999999.99", "0.30", "99999999.69"]);
    let groups: Vec<_> = found.groups.into_iter().map(|(group, totals)| (group, told(totals))).collect();
    let month = |month: &str| Group::Time(month.to_owned());
    assert_eq!(
        groups,
        [
            (month("2026-10"), ["0.00", "0.10", "-0.10"].map(str::to_owned)),
            (month("2026-11"), ["99999999.99", "0.20", "99999999.79"].map(str::to_owned)),
        ]
    );
    Ok(())
}

#[test]
fn what_is_dated_later_than_today_counts_when_it_is_asked_for() -> Result<(), LedgerError> {
    let found = summary(&stocked()?, &[("end_date", "2026-12-31")])?;
    assert_eq!(found.totals.expense.to_string(), "5.30");
    Ok(())
}

#[test]
fn categories_are_asked_for_unless_something_else_is() -> Result<(), LedgerError> {
    let home = stocked()?;
    for query in [&[][..], &[("group_by", "")], &[("group_by", " category ")]] {
        assert_eq!(summary(&home, query)?.grouping, Grouping::Category);
    }
    let refused = summary(&home, &[("group_by", "week")]);
    let Err(LedgerError::Fields(errors)) = refused else { return refused.map(drop) };
    let told: Vec<_> = errors.iter().map(|(name, problems)| (name, problems.to_vec())).collect();
    assert_eq!(told, [("group_by", vec![FieldFault::NotAChoice])]);
    Ok(())
}
