//! Listing a part of the expenses or incomes.

use crate::{Household, period, text};
use kernel::{Form, PageRequest, Position};
use ledger::{LedgerError, Side, page_entries};

#[test]
fn a_part_has_the_filters_of_the_list_and_says_where_the_next_begins() -> Result<(), LedgerError> {
    let home = Household::new();
    for (title, date) in [("a", "2026-11-01"), ("later", "2026-11-21"), ("b", "2026-11-02"), ("c", "2026-11-03")] {
        home.expense_with(&[("title", text(title)), ("creation_date", text(date))]);
    }
    let part = |after| {
        let wanted = PageRequest { after, limit: 2 };
        home.read(|tx| page_entries(tx, Side::Expense, home.ann, &period(&Form::default())?, wanted))
    };
    let first = part(Position::START)?;
    let second = part(first.next.unwrap_or(Position::START))?;
    let titles = |rows: &[ledger::Entry]| rows.iter().map(|entry| entry.title.to_string()).collect::<Vec<_>>();
    assert_eq!((titles(&first.rows), titles(&second.rows)), (vec!["a".into(), "b".into()], vec!["c".into()]));
    assert_eq!(second.next, None);
    Ok(())
}

#[test]
fn a_filter_that_cannot_be_read_is_refused() {
    let home = Household::new();
    let query = Form::from_iter([("start_date", text("x"))]);
    let wanted = PageRequest { after: Position::START, limit: 2 };
    let refused = home.read(|tx| page_entries(tx, Side::Income, home.ann, &period(&query)?, wanted));
    assert!(matches!(refused, Err(LedgerError::Filter(_))), "{refused:?}");
}
