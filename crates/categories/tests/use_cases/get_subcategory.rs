//! Reading one subcategory.

use crate::Shelf;
use categories::{CategoryError, get_subcategory};
use kernel::{SubcategoryId, Uuid};

#[test]
fn a_subcategory_is_found_by_its_identifier() {
    let shelf = Shelf::default();
    let food = shelf.category("Food", "expense");
    shelf.subcategory("Milk", &food);
    let bread = shelf.subcategory("Bread", &food);
    assert_eq!(shelf.read(|tx| get_subcategory(tx, bread.id)).unwrap(), bread);
}

#[test]
fn a_subcategory_that_is_not_there_is_not_found() {
    let refused = Shelf::default().read(|tx| get_subcategory(tx, SubcategoryId(Uuid::from_u128(9))));
    assert!(matches!(refused, Err(CategoryError::SubcategoryNotFound)));
}
