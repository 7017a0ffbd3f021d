//! Reading one expense or income.

use crate::Household;
use kernel::Uuid;
use ledger::{EntryId, LedgerError, Side, get_entry};

#[test]
fn the_owner_reads_its_entry() {
    let home = Household::new();
    let expense = home.expense();
    assert_eq!(home.read(|tx| get_entry(tx, Side::Expense, home.ann, expense.id)).unwrap(), expense);
}

#[test]
fn somebody_elses_entry_and_one_that_is_not_there_look_alike() {
    let home = Household::new();
    let expense = home.expense();
    let nothing = EntryId(Uuid::from_u128(9));
    for (side, owner, id) in [
        (Side::Expense, home.bob, expense.id),
        (Side::Expense, home.ann, nothing),
        (Side::Income, home.ann, expense.id),
    ] {
        let refused = home.read(|tx| get_entry(tx, side, owner, id));
        assert!(matches!(refused, Err(LedgerError::NotYours)), "{side:?} {owner} {id}");
    }
}
