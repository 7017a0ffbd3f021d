//! Removing a subcategory.

use crate::Shelf;
use categories::{CategoryError, SubcategoryFilter, delete_subcategory, list_subcategories};
use kernel::{SubcategoryId, Uuid};

#[test]
fn an_unused_subcategory_is_removed_and_its_siblings_stay() {
    let shelf = Shelf::default();
    let food = shelf.category("Food", "expense");
    let bread = shelf.subcategory("Bread", &food);
    let milk = shelf.subcategory("Milk", &food);
    shelf.write(|tx| delete_subcategory(tx, bread.id)).unwrap();
    assert_eq!(shelf.read(|tx| list_subcategories(tx, SubcategoryFilter::default(), u32::MAX)).unwrap(), [milk]);
}

#[test]
fn a_subcategory_that_is_not_there_is_not_found() {
    let shelf = Shelf::default();
    let nothing = SubcategoryId(Uuid::from_u128(9));
    assert!(matches!(shelf.write(|tx| delete_subcategory(tx, nothing)), Err(CategoryError::SubcategoryNotFound)));
}
