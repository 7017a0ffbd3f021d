//! The clauses of the ledger.

use crate::Store;
use crate::contract::categories::sample::{add_category, add_subcategory, category, subcategory};
use crate::contract::ledger::sample::{Household, add_household};
use crate::contract::sample::{UNICODE, always, lose_race, november, read, text, time, write};
use crate::contract::users::sample::add_person;
use kernel::chrono::{NaiveDate, NaiveTime};
use kernel::{Money, Period, UserId};
use ledger::{Entry, EntryId, MissingReferences, Side};

fn record(store: &dyn Store, entry: &Entry) -> EntryId {
    assert!(write(store, |tx| Ok(tx.insert_entry(entry)?)));
    entry.id
}

/// Records an expense of this number at this date and time of day.
fn record_at(store: &dyn Store, home: &Household, number: u128, date: NaiveDate, time: NaiveTime) -> EntryId {
    record(store, &Entry { creation_date: date, creation_time: time, ..home.expense(number) })
}

/// Finds an entry where it says that it is.
fn find(store: &dyn Store, entry: &Entry) -> Option<Entry> {
    read(store, |tx| tx.find_entry(entry.side, entry.owner, entry.id))
}

fn list(store: &dyn Store, side: Side, owner: UserId, period: &Period) -> Vec<EntryId> {
    read(store, |tx| tx.list_entries(side, owner, period, u32::MAX)).into_iter().map(|entry| entry.id).collect()
}

fn expenses(store: &dyn Store, home: &Household, period: &Period) -> Vec<EntryId> {
    list(store, Side::Expense, home.owner, period)
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// An entry is found as it was stored.
pub fn round_trips(store: &dyn Store) {
    let home = add_household(store);
    let peculiar = Entry {
        title: text(UNICODE),
        description: text(&"猫".repeat(100)),
        creation_date: date(1, 1, 1),
        creation_time: time(23, 59, 59, 999_999),
        ..home.expense(3)
    };
    let late = Entry { creation_date: date(9999, 12, 31), creation_time: time(0, 0, 0, 1), ..home.income(4) };
    for entry in [home.expense(1), home.income(2), peculiar, late] {
        record(store, &entry);
        assert_eq!(find(store, &entry), Some(entry));
    }
    assert_eq!(find(store, &home.expense(5)), None);
}

/// Every amount comes back exactly, up to the largest.
pub fn amounts_are_exact(store: &dyn Store) {
    let home = add_household(store);
    let amounts = [1, 10, 29, 99, 100, 101, 1250, 123_456_789, Money::MAX.minor() - 1, Money::MAX.minor()];
    for (number, minor) in (1..).zip(amounts) {
        let entry = Entry { amount: Money::from_minor(minor), ..home.expense(number) };
        record(store, &entry);
        assert_eq!(find(store, &entry).map(|entry| entry.amount), Some(Money::from_minor(minor)));
    }
}

/// An entry is found and listed at its own side and owner alone.
pub fn entries_are_their_owners_alone(store: &dyn Store) {
    let home = add_household(store);
    let bob = add_person(store, "bob");
    let expense = home.expense(1);
    let income = home.income(2);
    let of_bob = Entry { owner: bob, ..home.expense(3) };
    for entry in [&expense, &income, &of_bob] {
        record(store, entry);
    }
    assert_eq!(find(store, &Entry { owner: bob, ..expense.clone() }), None);
    assert_eq!(find(store, &Entry { side: Side::Income, ..expense.clone() }), None);
    assert_eq!(list(store, Side::Expense, home.owner, &always()), [expense.id]);
    assert_eq!(list(store, Side::Income, home.owner, &always()), [income.id]);
    assert_eq!(list(store, Side::Expense, bob, &always()), [of_bob.id]);
    assert_eq!(list(store, Side::Income, bob, &always()), []);
}

/// An entry is not recorded under a category or subcategory that is not there.
pub fn nothing_is_recorded_under_a_missing_reference(store: &dyn Store) {
    let home = add_household(store);
    let no_category = category(2).id;
    let no_subcategory = Some(subcategory(2, home.category).id);
    for entry in [
        Entry { category: no_category, ..home.expense(1) },
        Entry { category: no_category, ..home.income(1) },
        Entry { subcategory: no_subcategory, ..home.expense(1) },
    ] {
        assert!(!write(store, |tx| Ok(tx.insert_entry(&entry)?)));
        assert_eq!(find(store, &entry), None);
    }
}

/// An owner that is not there, on recording, is a lost race.
pub fn recording_for_a_missing_owner_is_a_lost_race(store: &dyn Store) {
    let home = add_household(store);
    let entry = Entry { owner: UserId(home.owner.0 + 1), ..home.expense(1) };
    lose_race(store, |tx| tx.insert_entry(&entry));
    assert_eq!(find(store, &entry), None);
}

/// A category or subcategory that is not there, on a change, is a lost race.
pub fn changing_to_a_missing_reference_is_a_lost_race(store: &dyn Store) {
    let home = add_household(store);
    let entry = home.expense(1);
    record(store, &entry);
    let no_category = category(2).id;
    let no_subcategory = Some(subcategory(2, home.category).id);
    lose_race(store, |tx| tx.update_entry(&Entry { category: no_category, ..entry.clone() }));
    lose_race(store, |tx| tx.update_entry(&Entry { subcategory: no_subcategory, ..entry.clone() }));
    assert_eq!(find(store, &entry), Some(entry));
}

/// Entries are listed in the order in which they were stored, whatever their dates, and also after a change.
pub fn lists_are_in_insertion_order(store: &dyn Store) {
    let home = add_household(store);
    let ids = [(3, 20), (1, 5), (2, 10)]
        .map(|(number, day)| record_at(store, &home, number, november(day), time(1, 0, 0, 0)));
    write(store, |tx| Ok(tx.update_entry(&Entry { creation_date: november(30), ..home.expense(3) })?));
    assert_eq!(expenses(store, &home, &always()), ids);
}

/// Both dates of a period are shown.
pub fn dates_of_a_period_are_inclusive(store: &dyn Store) {
    let home = add_household(store);
    let ids: Vec<_> =
        (9..=13).map(|day| record_at(store, &home, day.into(), november(day), time(0, 0, 0, 0))).collect();
    let to_the_12th = Period { end_date: november(12), ..always() };
    assert_eq!(expenses(store, &home, &to_the_12th), ids[..4]);
    assert_eq!(expenses(store, &home, &Period { start_date: Some(november(10)), ..to_the_12th }), ids[1..4]);
    assert_eq!(expenses(store, &home, &Period { start_date: Some(november(12)), ..to_the_12th }), ids[3..4]);
}

/// Times of a period are times of the day, on every day, and both are shown.
pub fn times_of_a_period_hold_on_every_day_and_are_inclusive(store: &dyn Store) {
    let home = add_household(store);
    let (early, late) = (time(10, 0, 0, 0), time(12, 0, 0, 0));
    let too_early = record_at(store, &home, 1, november(1), time(9, 59, 59, 999_999));
    let at_early = record_at(store, &home, 2, november(2), early);
    let between = record_at(store, &home, 3, november(20), time(11, 0, 0, 1));
    let at_late = record_at(store, &home, 4, november(30), late);
    let too_late = record_at(store, &home, 5, november(2), time(12, 0, 0, 1));
    let from = Period { start_time: Some(early), ..always() };
    assert_eq!(expenses(store, &home, &from), [at_early, between, at_late, too_late]);
    let to = Period { end_time: Some(late), ..always() };
    assert_eq!(expenses(store, &home, &to), [too_early, at_early, between, at_late]);
    let both = Period { start_time: Some(early), end_time: Some(late), ..always() };
    assert_eq!(expenses(store, &home, &both), [at_early, between, at_late]);
    let on_the_2nd = Period { start_date: Some(november(2)), end_date: november(2), ..both };
    assert_eq!(expenses(store, &home, &on_the_2nd), [at_early]);
}

/// A change stores all that an entry says, of this entry alone.
pub fn a_change_stores_everything_of_one_entry(store: &dyn Store) {
    let home = add_household(store);
    record(store, &home.expense(1));
    record(store, &home.expense(2));
    let new_category = add_category(store, 2);
    let changed = Entry {
        title: text(UNICODE),
        description: text("another"),
        amount: Money::MAX,
        creation_date: november(1),
        creation_time: time(1, 2, 3, 4),
        category: new_category,
        subcategory: Some(add_subcategory(store, 2, new_category)),
        ..home.expense(1)
    };
    write(store, |tx| Ok(tx.update_entry(&changed)?));
    assert_eq!(find(store, &changed), Some(changed));
    assert_eq!(find(store, &home.expense(2)), Some(home.expense(2)));
}

/// No change moves an entry to another owner or to the other side.
pub fn an_entry_never_moves_to_another_owner_or_side(store: &dyn Store) {
    let home = add_household(store);
    let bob = add_person(store, "bob");
    let entry = home.income(1);
    record(store, &entry);
    let elsewhere = [Entry { owner: bob, ..entry.clone() }, Entry { side: Side::Expense, ..entry.clone() }];
    for elsewhere in &elsewhere {
        write(store, |tx| Ok(tx.update_entry(elsewhere)?));
        assert_eq!(find(store, &entry).as_ref(), Some(&entry));
        assert_eq!(find(store, elsewhere), None);
    }
}

/// Changing an entry that is not there changes nothing.
pub fn an_entry_that_is_not_there_is_left_alone(store: &dyn Store) {
    let home = add_household(store);
    write(store, |tx| Ok(tx.update_entry(&home.expense(1))?));
    assert_eq!(expenses(store, &home, &always()), []);
}

/// Only the owner's entry on the given side is deleted, and deleting says whether it was there.
pub fn deleting_is_the_owners_alone_and_says_whether_it_was_there(store: &dyn Store) {
    let home = add_household(store);
    let bob = add_person(store, "bob");
    let id = record(store, &home.expense(1));
    let kept = record(store, &home.expense(2));
    assert!(!write(store, |tx| Ok(tx.delete_entry(Side::Expense, bob, id)?)));
    assert!(!write(store, |tx| Ok(tx.delete_entry(Side::Income, home.owner, id)?)));
    assert_eq!(expenses(store, &home, &always()), [id, kept]);
    assert!(write(store, |tx| Ok(tx.delete_entry(Side::Expense, home.owner, id)?)));
    assert!(!write(store, |tx| Ok(tx.delete_entry(Side::Expense, home.owner, id)?)));
    assert_eq!(expenses(store, &home, &always()), [kept]);
}

/// What points at nothing is told for each reference by itself; what was not asked for is never missing.
pub fn missing_references_are_told_apart(store: &dyn Store) {
    let home = add_household(store);
    let (here, there) = (Some(home.category), Some(home.subcategory));
    let no_category = Some(category(2).id);
    let no_subcategory = Some(subcategory(2, home.category).id);
    let missing = |category, subcategory| read(store, |tx| tx.find_missing_references(category, subcategory));
    let told = |category_missing, subcategory_missing| MissingReferences { category_missing, subcategory_missing };
    assert_eq!(missing(None, None), told(false, false));
    assert_eq!(missing(here, None), told(false, false));
    assert_eq!(missing(here, there), told(false, false));
    assert_eq!(missing(no_category, None), told(true, false));
    assert_eq!(missing(no_category, there), told(true, false));
    assert_eq!(missing(here, no_subcategory), told(false, true));
    assert_eq!(missing(None, no_subcategory), told(false, true));
    assert_eq!(missing(no_category, no_subcategory), told(true, true));
}

/// All expenses and incomes of an owner go at once; what everybody shares, and other owners' entries, stay.
pub fn deleting_the_entries_of_an_owner_leaves_all_others(store: &dyn Store) {
    let home = add_household(store);
    let bob = add_person(store, "bob");
    add_category(store, 2);
    for (number, owner) in [(10, home.owner), (20, bob)] {
        record(store, &Entry { owner, ..home.expense(number) });
        record(store, &Entry { owner, ..home.income(number + 1) });
    }
    write(store, |tx| Ok(tx.delete_entries_of(home.owner)?));
    for (owner, left) in [(home.owner, 0), (bob, 1)] {
        assert_eq!(list(store, Side::Expense, owner, &always()).len(), left);
        assert_eq!(list(store, Side::Income, owner, &always()).len(), left);
    }
    assert_eq!(read(store, |tx| tx.list_categories(None, u32::MAX)).len(), 2);
    assert_eq!(read(store, |tx| tx.list_subcategories(None, u32::MAX)).len(), 1);
}
