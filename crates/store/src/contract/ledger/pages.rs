//! The clauses of lists of entries that are read in parts.

use crate::Store;
use crate::contract::ledger::sample::{Household, add_household};
use crate::contract::lists::{List, name, named, placed};
use crate::contract::sample::{always, november, write};
use crate::contract::users::sample::add_person;
use kernel::{Period, Position, UserId};
use ledger::{Entry, Side};

fn expenses(owner: UserId, period: Period) -> List {
    let name = |entry: &Entry| entry.id.to_string();
    List::new(
        move |tx, limit| Ok(named(&tx.list_entries(Side::Expense, owner, &period, limit)?, name)),
        move |tx, wanted| Ok(placed(&tx.list_entries_after(Side::Expense, owner, &period, wanted)?, name)),
    )
}

fn record(store: &dyn Store, entry: &Entry) {
    assert!(write(store, |tx| Ok(tx.insert_entry(entry)?)));
}

fn remove(store: &dyn Store, entry: &Entry) {
    assert!(write(store, |tx| Ok(tx.delete_entry(entry.side, entry.owner, entry.id)?)));
}

/// Stores the expenses of the numbers 1 to 7, and gives the list of them.
fn fill(store: &dyn Store) -> (Household, List) {
    let home = add_household(store);
    for number in 1..=7 {
        record(store, &home.expense(number));
    }
    (home, expenses(home.owner, always()))
}

/// The parts of a list of entries make the list.
pub fn the_parts_of_a_list_make_the_list(store: &dyn Store) {
    let (_, list) = fill(store);
    list.must_be_made_of_its_parts(store);
}

/// What a period, an owner or a side hides is in no part.
pub fn a_part_is_filtered_like_its_list(store: &dyn Store) {
    let (home, _) = fill(store);
    let stranger = add_person(store, "stranger");
    for (number, day) in (11..).zip([1, 9, 1, 9, 9]) {
        record(store, &Entry { creation_date: november(day), ..home.expense(number) });
        record(store, &Entry { owner: stranger, creation_date: november(9), ..home.expense(number + 10) });
        record(store, &Entry { creation_date: november(9), ..home.income(number + 20) });
    }
    let on_the_9th = Period { start_date: Some(november(9)), end_date: november(9), ..always() };
    expenses(home.owner, on_the_9th).must_show_only(store, &[12, 14, 15].map(name));
}

/// A position leads on after its row was removed.
pub fn a_part_goes_on_where_a_row_is_gone(store: &dyn Store) {
    let (home, list) = fill(store);
    let (third, _) = list.part(store, Position::START, 3)[2];
    for gone in [2, 3, 4] {
        remove(store, &home.expense(gone));
    }
    let rest: Vec<_> = list.part(store, third, 9).into_iter().map(|(_, name)| name).collect();
    assert_eq!(rest, [5, 6, 7].map(name));
}

/// Rows that are there from the first part to the last come once, in order, while others come and go.
pub fn a_row_that_stays_comes_once_whatever_others_do(store: &dyn Store) {
    let (home, list) = fill(store);
    let mut next = 100;
    let mut doomed = vec![6, 2, 4];
    let seen = list.walk(store, 2, || {
        if let Some(number) = doomed.pop() {
            remove(store, &home.expense(number));
            record(store, &home.expense(next));
            next += 1;
        }
    });
    let stayed: Vec<_> = seen.iter().filter(|seen| [1, 3, 5, 7].map(name).contains(seen)).cloned().collect();
    assert_eq!(stayed, [1, 3, 5, 7].map(name));
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), seen.len(), "{seen:?}");
}

/// A row that is changed neither moves nor comes again.
pub fn a_changed_row_keeps_its_place(store: &dyn Store) {
    let (home, list) = fill(store);
    let before = list.part(store, Position::START, 9);
    write(store, |tx| Ok(tx.update_entry(&Entry { creation_date: november(1), ..home.expense(3) })?));
    assert_eq!(list.part(store, Position::START, 9), before);
}
