//! The clauses of the subcategories.

use crate::Store;
use crate::contract::categories::sample::{add_category, add_subcategory, category, subcategory};
use crate::contract::ledger::sample::add_household;
use crate::contract::sample::{UNICODE, lose_race, read, text, write};
use categories::{CategoryError, Subcategory};
use kernel::{CategoryId, SubcategoryId};

fn list(store: &dyn Store, category: Option<CategoryId>) -> Vec<SubcategoryId> {
    read(store, |tx| tx.list_subcategories(category, u32::MAX)).into_iter().map(|subcategory| subcategory.id).collect()
}

fn find(store: &dyn Store, id: SubcategoryId) -> Option<Subcategory> {
    read(store, |tx| tx.find_subcategory(id))
}

fn peculiar(number: u128, category: CategoryId) -> Subcategory {
    Subcategory {
        name: text(UNICODE),
        description: text(&"猫".repeat(100)),
        hex_color: text("ßßßßßßß"),
        ..subcategory(number, category)
    }
}

/// A subcategory is found as it was stored.
pub fn round_trips(store: &dyn Store) {
    let category = add_category(store, 1);
    for subcategory in [subcategory(1, category), peculiar(2, category)] {
        write(store, |tx| Ok(tx.insert_subcategory(&subcategory)?));
        assert_eq!(find(store, subcategory.id), Some(subcategory));
    }
    assert_eq!(find(store, subcategory(3, category).id), None);
}

/// A category that is not there, on storing, is a lost race.
pub fn storing_under_a_missing_category_is_a_lost_race(store: &dyn Store) {
    let gone = category(1).id;
    lose_race(store, |tx| tx.insert_subcategory(&subcategory(1, gone)));
    assert_eq!(list(store, None), []);
}

/// A category that is not there, on a change, is a lost race.
pub fn moving_to_a_missing_category_is_a_lost_race(store: &dyn Store) {
    let category_id = add_category(store, 1);
    let id = add_subcategory(store, 1, category_id);
    lose_race(store, |tx| tx.update_subcategory(&subcategory(1, category(2).id)));
    assert_eq!(find(store, id), Some(subcategory(1, category_id)));
}

/// Subcategories are listed in the order in which they were stored, those of one category or all, also after a change.
pub fn lists_are_in_insertion_order(store: &dyn Store) {
    let food = add_category(store, 1);
    let home = add_category(store, 2);
    let third = add_subcategory(store, 3, food);
    let first = add_subcategory(store, 1, home);
    let second = add_subcategory(store, 2, food);
    write(store, |tx| Ok(tx.update_subcategory(&peculiar(3, food))?));
    assert_eq!(list(store, None), [third, first, second]);
    assert_eq!(list(store, Some(food)), [third, second]);
    assert_eq!(list(store, Some(home)), [first]);
    assert_eq!(list(store, Some(category(3).id)), []);
}

/// A change stores all that a subcategory says, of this subcategory alone.
pub fn a_change_stores_everything_of_one_subcategory(store: &dyn Store) {
    let food = add_category(store, 1);
    let home = add_category(store, 2);
    let changed = add_subcategory(store, 1, food);
    let other = add_subcategory(store, 2, food);
    write(store, |tx| Ok(tx.update_subcategory(&peculiar(1, home))?));
    assert_eq!(find(store, changed), Some(peculiar(1, home)));
    assert_eq!(find(store, other), Some(subcategory(2, food)));
}

/// Changing a subcategory that is not there changes nothing.
pub fn a_subcategory_that_is_not_there_is_left_alone(store: &dyn Store) {
    let category = add_category(store, 1);
    write(store, |tx| Ok(tx.update_subcategory(&subcategory(1, category))?));
    assert_eq!(list(store, None), []);
}

/// Deleting says whether the subcategory was there, and takes no other along.
pub fn deleting_says_whether_the_subcategory_was_there(store: &dyn Store) {
    let category = add_category(store, 1);
    let gone = add_subcategory(store, 1, category);
    let kept = add_subcategory(store, 2, category);
    assert!(write(store, |tx| Ok(tx.delete_subcategory(gone)?)));
    assert!(!write(store, |tx| Ok(tx.delete_subcategory(gone)?)));
    assert_eq!(list(store, None), [kept]);
}

/// A subcategory of an expense cannot be deleted until the expense is gone; the transaction stays usable.
pub fn a_subcategory_of_an_expense_stays(store: &dyn Store) {
    let home = add_household(store);
    let expense = home.expense(1);
    assert!(write(store, |tx| Ok(tx.insert_entry(&expense)?)));
    write(store, |tx| {
        tx.insert_category(&category(101))?;
        assert!(matches!(tx.delete_subcategory(home.subcategory), Err(CategoryError::SubcategoryInUse)), "not refused");
        tx.insert_category(&category(102))?;
        Ok(())
    });
    assert_eq!(read(store, |tx| tx.list_categories(None, u32::MAX)).len(), 3, "committed, yet gone");
    assert_eq!(list(store, None), [home.subcategory]);
    write(store, |tx| Ok(tx.delete_entry(expense.side, expense.owner, expense.id)?));
    assert!(write(store, |tx| Ok(tx.delete_subcategory(home.subcategory)?)));
}
