//! Removing a category.

use crate::Shelf;
use categories::{CategoryError, delete_category, delete_subcategory, get_category};
use kernel::chrono::{DateTime, NaiveTime};
use kernel::{CategoryId, Instant, Money, Raw, Text, Uuid};
use ledger::{Entry, EntryId, Side};
use users::{Email, UserDetails};

#[test]
fn an_unused_category_is_removed() {
    let shelf = Shelf::default();
    let food = shelf.category("Food", "expense");
    shelf.write(|tx| delete_category(tx, food.id)).unwrap();
    assert!(matches!(shelf.read(|tx| get_category(tx, food.id)), Err(CategoryError::CategoryNotFound)));
}

#[test]
fn a_category_that_is_not_there_is_not_found() {
    let shelf = Shelf::default();
    let nothing = CategoryId(Uuid::from_u128(9));
    assert!(matches!(shelf.write(|tx| delete_category(tx, nothing)), Err(CategoryError::CategoryNotFound)));
}

#[test]
fn a_category_with_a_subcategory_stays_until_that_is_gone() {
    let shelf = Shelf::default();
    let food = shelf.category("Food", "expense");
    let bread = shelf.subcategory("Bread", &food);
    assert!(matches!(shelf.write(|tx| delete_category(tx, food.id)), Err(CategoryError::CategoryInUse)));
    shelf.write(|tx| delete_subcategory(tx, bread.id)).unwrap();
    shelf.write(|tx| delete_category(tx, food.id)).unwrap();
}

#[test]
fn a_category_of_an_income_stays() {
    let shelf = Shelf::default();
    let wages = shelf.category("Wages", "income");
    let now = Instant::new(DateTime::UNIX_EPOCH);
    let ann = Email::parse(&Raw::Text("ann@example.org".to_owned())).unwrap();
    let ann = shelf.store().write(|tx| tx.insert_user(&UserDetails::active(ann.clone(), String::new(), now))).unwrap();
    let income = Entry {
        id: EntryId(Uuid::from_u128(1)),
        side: Side::Income,
        owner: ann.id,
        title: Text::stored("May".to_owned()),
        description: Text::stored("Wages of May".to_owned()),
        amount: Money::MAX,
        creation_date: now.date(),
        creation_time: NaiveTime::MIN,
        category: wages.id,
        subcategory: None,
    };
    assert!(shelf.store().write(|tx| tx.insert_entry(&income)).unwrap());
    assert!(matches!(shelf.write(|tx| delete_category(tx, wages.id)), Err(CategoryError::CategoryInUse)));
}
