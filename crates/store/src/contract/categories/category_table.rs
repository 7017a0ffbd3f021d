//! The clauses of the categories.

use crate::Store;
use crate::contract::categories::sample::{add_category, add_subcategory, category, subcategory};
use crate::contract::ledger::sample::add_household;
use crate::contract::sample::{UNICODE, read, text, write};
use crate::contract::users::sample::add_person;
use categories::{Category, CategoryError};
use kernel::CategoryId;
use ledger::Entry;

fn list(store: &dyn Store, kind: Option<&str>) -> Vec<CategoryId> {
    read(store, |tx| tx.list_categories(kind, u32::MAX)).into_iter().map(|category| category.id).collect()
}

fn find(store: &dyn Store, id: CategoryId) -> Option<Category> {
    read(store, |tx| tx.find_category(id))
}

fn peculiar(number: u128) -> Category {
    Category {
        name: text(UNICODE),
        description: text(&"猫".repeat(100)),
        kind: text("Ocio"),
        hex_color: text("ßßßßßßß"),
        ..category(number)
    }
}

/// A category is found as it was stored.
pub fn round_trips(store: &dyn Store) {
    for category in [category(1), peculiar(2)] {
        write(store, |tx| Ok(tx.insert_category(&category)?));
        assert_eq!(find(store, category.id), Some(category));
    }
    assert_eq!(find(store, category(3).id), None);
}

/// Categories are listed in the order in which they were stored, also after a change.
pub fn lists_are_in_insertion_order(store: &dyn Store) {
    let ids = [3, 1, 2].map(|number| add_category(store, number));
    write(store, |tx| Ok(tx.update_category(&peculiar(3))?));
    assert_eq!(list(store, None), ids);
}

/// A kind is matched to the letter: its case counts, and no letter is a wildcard.
pub fn a_kind_is_matched_to_the_letter(store: &dyn Store) {
    for (number, kind) in (1..).zip(["expense", "income", "Expense", "expense", "expenses", "Ärger%"]) {
        let category = Category { kind: text(kind), ..category(number) };
        write(store, |tx| Ok(tx.insert_category(&category)?));
    }
    assert_eq!(list(store, Some("expense")), [category(1).id, category(4).id]);
    assert_eq!(list(store, Some("Ärger%")), [category(6).id]);
    for nothing in ["expens_", "expense%", "%", "EXPENSE", "ärger%", "", "expense\0"] {
        assert_eq!(list(store, Some(nothing)), [], "{nothing}");
    }
}

/// A change stores all that a category says, of this category alone.
pub fn a_change_stores_everything_of_one_category(store: &dyn Store) {
    add_category(store, 1);
    add_category(store, 2);
    write(store, |tx| Ok(tx.update_category(&peculiar(1))?));
    assert_eq!(find(store, category(1).id), Some(peculiar(1)));
    assert_eq!(find(store, category(2).id), Some(category(2)));
}

/// Changing a category that is not there changes nothing.
pub fn a_category_that_is_not_there_is_left_alone(store: &dyn Store) {
    write(store, |tx| Ok(tx.update_category(&category(1))?));
    assert_eq!(list(store, None), []);
}

/// Deleting says whether the category was there, and takes no other along.
pub fn deleting_says_whether_the_category_was_there(store: &dyn Store) {
    let gone = add_category(store, 1);
    let kept = add_category(store, 2);
    assert!(write(store, |tx| Ok(tx.delete_category(gone)?)));
    assert!(!write(store, |tx| Ok(tx.delete_category(gone)?)));
    assert_eq!(list(store, None), [kept]);
}

/// Deletes a category that is in use, between two changes that must both be kept.
fn refuse_deletion(store: &dyn Store, used: CategoryId) {
    write(store, |tx| {
        tx.insert_category(&category(101))?;
        assert!(matches!(tx.delete_category(used), Err(CategoryError::CategoryInUse)), "not refused");
        tx.insert_category(&category(102))?;
        Ok(())
    });
    for id in [used, category(101).id, category(102).id] {
        assert!(find(store, id).is_some(), "{id} is gone");
    }
}

/// A category with a subcategory cannot be deleted until that is gone; the transaction stays usable.
pub fn a_category_with_a_subcategory_stays(store: &dyn Store) {
    let used = add_category(store, 1);
    let subcategory = add_subcategory(store, 1, used);
    refuse_deletion(store, used);
    write(store, |tx| Ok(tx.delete_subcategory(subcategory)?));
    assert!(write(store, |tx| Ok(tx.delete_category(used)?)));
}

/// A category of an expense cannot be deleted; the transaction stays usable.
pub fn a_category_of_an_expense_stays(store: &dyn Store) {
    let home = add_household(store);
    let used = add_category(store, 2);
    assert!(write(store, |tx| Ok(tx.insert_entry(&Entry { category: used, ..home.expense(1) })?)));
    refuse_deletion(store, used);
}

/// A category of an income cannot be deleted until the income is filed elsewhere; the transaction stays usable.
pub fn a_category_of_an_income_stays(store: &dyn Store) {
    let home = add_household(store);
    let used = add_category(store, 2);
    assert!(write(store, |tx| Ok(tx.insert_entry(&Entry { category: used, ..home.income(1) })?)));
    refuse_deletion(store, used);
    write(store, |tx| Ok(tx.update_entry(&home.income(1))?));
    assert!(write(store, |tx| Ok(tx.delete_category(used)?)));
}

/// What keeps a category is gone with all the entries of its owner.
pub fn deleted_entries_of_an_owner_keep_no_category(store: &dyn Store) {
    let home = add_household(store);
    let bob = add_person(store, "bob");
    let used = add_category(store, 2);
    assert!(write(store, |tx| Ok(tx.insert_entry(&Entry { category: used, owner: bob, ..home.income(1) })?)));
    write(store, |tx| Ok(tx.delete_entries_of(bob)?));
    assert!(write(store, |tx| Ok(tx.delete_category(used)?)));
}

/// A subcategory that moves away frees its category.
pub fn a_subcategory_that_moves_frees_its_category(store: &dyn Store) {
    let old = add_category(store, 1);
    let new = add_category(store, 2);
    add_subcategory(store, 1, old);
    write(store, |tx| Ok(tx.update_subcategory(&subcategory(1, new))?));
    assert!(write(store, |tx| Ok(tx.delete_category(old)?)));
    refuse_deletion(store, new);
}
