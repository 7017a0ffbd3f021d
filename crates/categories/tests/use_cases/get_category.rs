//! Reading one category.

use crate::Shelf;
use categories::{CategoryError, get_category};
use kernel::{CategoryId, Uuid};

#[test]
fn a_category_is_found_by_its_identifier() {
    let shelf = Shelf::default();
    shelf.category("Wages", "income");
    let food = shelf.category("Food", "expense");
    assert_eq!(shelf.read(|tx| get_category(tx, food.id)).unwrap(), food);
}

#[test]
fn a_category_that_is_not_there_is_not_found() {
    let refused = Shelf::default().read(|tx| get_category(tx, CategoryId(Uuid::from_u128(9))));
    assert!(matches!(refused, Err(CategoryError::CategoryNotFound)));
}
