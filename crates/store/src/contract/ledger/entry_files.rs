//! The clauses of entries that come from other books, and that go there.

use crate::Store;
use crate::contract::categories::sample::{add_category, add_subcategory, category, subcategory};
use crate::contract::ledger::sample::{Household, add_household};
use crate::contract::sample::{always, lose_race, november, read, text, write};
use crate::contract::users::sample::add_person;
use kernel::{CategoryId, PageRequest, Period, Position, SubcategoryId, Text, UserId};
use ledger::{Entry, ExternalId, FiledEntry, ImportedEntry, Side};
use std::collections::HashSet;

fn named(entry: Entry, name: &str) -> ImportedEntry {
    ImportedEntry { entry, external_id: Some(text(name)) }
}

fn nameless(entry: Entry) -> ImportedEntry {
    ImportedEntry { entry, external_id: None }
}

fn import(store: &dyn Store, entries: &[ImportedEntry]) {
    write(store, |tx| Ok(tx.insert_entries(entries)?));
}

/// A part of what leaves.
fn leaving(store: &dyn Store, side: Side, owner: UserId, period: &Period, wanted: PageRequest) -> Vec<FiledEntry> {
    let part = read(store, |tx| tx.list_filed_entries_after(side, owner, period, wanted));
    part.into_iter().map(|(_, filed)| filed).collect()
}

fn known(store: &dyn Store, side: Side, owner: UserId, names: &[&str]) -> HashSet<ExternalId> {
    let names: Vec<ExternalId> = names.iter().map(|name| text(name)).collect();
    read(store, |tx| tx.find_known_external_ids(side, owner, &names))
}

fn names(names: &[&str]) -> HashSet<ExternalId> {
    names.iter().map(|name| text(name)).collect()
}

const ALL: PageRequest = PageRequest { after: Position::START, limit: 1000 };

/// Entries that are stored together are found and listed in their order, each under its own name or none.
pub fn a_batch_is_stored_in_its_order(store: &dyn Store) {
    let home = add_household(store);
    let long = "ñ".repeat(255);
    let batch = [
        named(home.expense(3), &long),
        nameless(home.income(1)),
        named(home.expense(2), "a"),
        nameless(home.expense(4)),
    ];
    import(store, &batch);
    let expenses = [batch[0].clone(), batch[2].clone(), batch[3].clone()];
    let listed = read(store, |tx| tx.list_entries(Side::Expense, home.owner, &always(), u32::MAX));
    assert_eq!(listed, expenses.clone().map(|row| row.entry));
    let filed = leaving(store, Side::Expense, home.owner, &always(), ALL);
    let told: Vec<_> = filed.iter().map(|row| (row.entry.clone(), row.external_id.clone())).collect();
    assert_eq!(told, expenses.map(|row| (row.entry, row.external_id)));
    assert_eq!(leaving(store, Side::Income, home.owner, &always(), ALL)[0].entry, batch[1].entry);
}

/// A batch of the largest size that is asked for is stored.
pub fn a_large_batch_is_stored(store: &dyn Store) {
    let home = add_household(store);
    let batch: Vec<_> = (1..=500).map(|number| named(home.expense(number), &format!("name {number}"))).collect();
    import(store, &batch);
    let asked: Vec<ExternalId> = batch.iter().filter_map(|row| row.external_id.clone()).collect();
    let found = read(store, |tx| tx.find_known_external_ids(Side::Expense, home.owner, &asked));
    assert_eq!(found.len(), 500);
}

/// What has left says what its category and subcategory are called today, and stands where lists have it.
pub fn what_leaves_has_the_names_of_today(store: &dyn Store) {
    let home = add_household(store);
    import(store, &[nameless(home.expense(1)), nameless(home.income(2))]);
    let mut renamed = category(1);
    renamed.name = text("Eating");
    write(store, |tx| Ok(tx.update_category(&renamed)?));
    let filed = |side| leaving(store, side, home.owner, &always(), ALL).remove(0);
    let (expense, income) = (filed(Side::Expense), filed(Side::Income));
    assert_eq!(
        (expense.category_name.as_str(), expense.subcategory_name.as_deref()),
        ("Eating", Some("subcategory 1"))
    );
    assert_eq!((income.category_name.as_str(), income.subcategory_name), ("Eating", None));
}

/// What leaves is filtered and cut as lists are, and goes on after a position of theirs.
pub fn what_leaves_comes_in_the_parts_of_the_list(store: &dyn Store) {
    let home = add_household(store);
    let batch: Vec<_> = (1..=6)
        .map(|number| Entry { creation_date: november(u32::try_from(number).unwrap() % 2 + 1), ..home.expense(number) })
        .map(nameless)
        .collect();
    import(store, &batch);
    let odd = Period { start_date: Some(november(2)), ..always() };
    let part = PageRequest { limit: 2, ..ALL };
    let placed = read(store, |tx| tx.list_entries_after(Side::Expense, home.owner, &odd, part));
    let filed = read(store, |tx| tx.list_filed_entries_after(Side::Expense, home.owner, &odd, part));
    let told: Vec<_> = filed.into_iter().map(|(place, filed)| (place, filed.entry)).collect();
    assert_eq!(told, placed);
    let rest = PageRequest { after: placed[1].0, ..ALL };
    assert_eq!(leaving(store, Side::Expense, home.owner, &odd, rest).len(), 1);
    assert_eq!(leaving(store, Side::Expense, add_person(store, "bob"), &odd, ALL), []);
}

/// A name is known where an entry of the owner and side has it, or has no other and is identified by it.
pub fn a_name_is_known_to_its_owner_and_side(store: &dyn Store) {
    let home = add_household(store);
    let bob = add_person(store, "bob");
    let (first, second, third) = (home.expense(1), home.expense(2), home.income(3));
    let ids = [&first, &second, &third].map(|entry| entry.id.to_string());
    import(store, &[named(first, "a"), nameless(second), named(third, "b")]);
    let asked = ["a", "A", "b", "c", &ids[0], &ids[1], &ids[2], &ids[1].to_uppercase()];
    assert_eq!(known(store, Side::Expense, home.owner, &asked), names(&["a", &ids[1]]));
    assert_eq!(known(store, Side::Income, home.owner, &asked), names(&["b"]));
    assert_eq!(known(store, Side::Expense, bob, &asked), names(&[]));
    assert_eq!(known(store, Side::Expense, home.owner, &[]), names(&[]));
}

/// A second entry under a name of its owner and side is a lost race, and nothing of its batch is stored; elsewhere the name
/// is free.
pub fn a_second_entry_of_one_name_is_a_lost_race(store: &dyn Store) {
    let home = add_household(store);
    let bob = add_person(store, "bob");
    import(store, &[named(home.expense(1), "a")]);
    let batch = [named(home.expense(2), "b"), named(home.expense(3), "a")];
    lose_race(store, |tx| tx.insert_entries(&batch));
    lose_race(store, |tx| tx.insert_entries(&[named(home.expense(2), "c"), named(home.expense(3), "c")]));
    assert_eq!(leaving(store, Side::Expense, home.owner, &always(), ALL).len(), 1);
    import(store, &[named(home.income(4), "a"), named(Entry { owner: bob, ..home.expense(5) }, "a")]);
}

/// A batch that refers to what is not there is a lost race.
pub fn a_batch_with_a_missing_reference_is_a_lost_race(store: &dyn Store) {
    let home = add_household(store);
    let stray = Entry { category: category(2).id, ..home.expense(2) };
    lose_race(store, |tx| tx.insert_entries(&[nameless(home.expense(1)), nameless(stray.clone())]));
    let nobody = Entry { owner: UserId(home.owner.0 + 1), ..home.expense(3) };
    lose_race(store, |tx| tx.insert_entries(&[nameless(nobody.clone())]));
    assert_eq!(leaving(store, Side::Expense, home.owner, &always(), ALL), []);
}

/// A name stays with its entry through changes, and is free when the entry is removed.
pub fn a_name_lives_as_long_as_its_entry(store: &dyn Store) {
    let home = add_household(store);
    import(store, &[named(home.expense(1), "a")]);
    write(store, |tx| Ok(tx.update_entry(&Entry { title: text("new"), ..home.expense(1) })?));
    assert_eq!(known(store, Side::Expense, home.owner, &["a"]), names(&["a"]));
    write(store, |tx| Ok(tx.delete_entry(Side::Expense, home.owner, home.expense(1).id)?));
    assert_eq!(known(store, Side::Expense, home.owner, &["a"]), names(&[]));
    import(store, &[named(home.expense(2), "a")]);
    assert_eq!(known(store, Side::Expense, home.owner, &["a"]), names(&["a"]));
}

/// Names are matched to the letter; two are enough to know that there are several.
pub fn what_is_called_so_is_found_to_the_letter(store: &dyn Store) {
    let home = add_household(store);
    let second = add_category(store, 2);
    for number in [3, 4, 5] {
        let twin =
            |under| categories::Subcategory { name: Text::stored("Other".to_owned()), ..subcategory(number, under) };
        write(store, |tx| Ok(tx.insert_subcategory(&twin(if number == 3 { second } else { home.category }))?));
        let twin = categories::Category { name: text("Other"), ..category(number) };
        write(store, |tx| Ok(tx.insert_category(&twin)?));
    }
    let categories = |name| read(store, |tx| tx.find_categories_named(name));
    assert_eq!(categories("category 2"), [second]);
    assert_eq!(categories("Category 2"), Vec::<CategoryId>::new());
    assert_eq!(categories("Other").len(), 2);
    let below = |name, under| read(store, |tx| tx.find_subcategories_named(name, under));
    assert_eq!(below("subcategory 1", None), [home.subcategory]);
    assert_eq!(below("subcategory 1", Some(second)), Vec::<SubcategoryId>::new());
    assert_eq!(below("Other", Some(second)), [subcategory(3, second).id]);
    assert_eq!(below("Other", Some(home.category)).len(), 2);
    assert_eq!(below("Other", None).len(), 2);
    assert_eq!(below("other", None), Vec::<SubcategoryId>::new());
}

/// With all entries of an owner go their names.
pub fn names_go_with_the_entries_of_an_owner(store: &dyn Store) {
    let home: Household = add_household(store);
    add_subcategory(store, 2, home.category);
    import(store, &[named(home.expense(1), "a")]);
    write(store, |tx| Ok(tx.delete_entries_of(home.owner)?));
    assert_eq!(known(store, Side::Expense, home.owner, &["a"]), names(&[]));
}
