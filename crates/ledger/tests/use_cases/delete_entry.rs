//! Removing an expense or an income.

use crate::Household;
use kernel::Uuid;
use ledger::{EntryId, LedgerError, Side, delete_entry, get_entry};

#[test]
fn the_owner_removes_its_entry_once() {
    let home = Household::new();
    let expense = home.expense();
    home.write(|tx| delete_entry(tx, Side::Expense, home.ann, expense.id)).unwrap();
    let again = home.write(|tx| delete_entry(tx, Side::Expense, home.ann, expense.id));
    assert!(matches!(again, Err(LedgerError::NotYours)));
}

#[test]
fn somebody_elses_entry_and_one_that_is_not_there_look_alike_and_stay() {
    let home = Household::new();
    let expense = home.expense();
    let nothing = EntryId(Uuid::from_u128(9));
    for (side, owner, id) in [
        (Side::Expense, home.bob, expense.id),
        (Side::Expense, home.ann, nothing),
        (Side::Income, home.ann, expense.id),
    ] {
        let refused = home.write(|tx| delete_entry(tx, side, owner, id));
        assert!(matches!(refused, Err(LedgerError::NotYours)), "{side:?} {owner} {id}");
    }
    assert_eq!(home.read(|tx| get_entry(tx, Side::Expense, home.ann, expense.id)).unwrap(), expense);
}
