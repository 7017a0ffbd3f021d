//! Changing a category.

use crate::{Shelf, form, problems};
use categories::{
    Category, CategoryChanges, CategoryError, CategoryFilter, get_category, list_categories, update_category,
};
use kernel::{CategoryId, FieldFault, Form, Text, Uuid};
use store::Tx;

/// Reads the category and changes it, in one transaction.
fn update(tx: &mut dyn Tx, id: CategoryId, sent: &Form) -> Result<Category, CategoryError> {
    let category = get_category(tx, id)?;
    update_category(tx, category, CategoryChanges::read(sent)?)
}

#[test]
fn only_what_was_sent_changes() -> Result<(), CategoryError> {
    let shelf = Shelf::default();
    let food = shelf.category("Food", "expense");
    let changed = shelf.write(|tx| update(tx, food.id, &form(&[("type", "Ocio"), ("unknown", "x")])))?;
    assert_eq!(changed, Category { kind: Text::stored("Ocio".to_owned()), ..food });
    assert_eq!(shelf.read(|tx| get_category(tx, changed.id))?, changed);
    Ok(())
}

#[test]
fn every_field_can_change_and_the_place_in_the_list_stays() -> Result<(), CategoryError> {
    let shelf = Shelf::default();
    let food = shelf.category("Food", "expense");
    let home = shelf.category("Home", "expense");
    let sent = form(&[("name", "Pay"), ("description", "Wages"), ("type", "income"), ("hexColor", "#000")]);
    let changed = shelf.write(|tx| update(tx, food.id, &sent))?;
    assert_eq!((changed.name.as_str(), changed.description.as_str()), ("Pay", "Wages"));
    assert_eq!((changed.kind.as_str(), changed.hex_color.as_str()), ("income", "#000"));
    assert_eq!(shelf.read(|tx| list_categories(tx, &CategoryFilter::default(), u32::MAX))?, [changed, home]);
    Ok(())
}

#[test]
fn a_faulty_field_changes_nothing_at_all() -> Result<(), CategoryError> {
    let shelf = Shelf::default();
    let food = shelf.category("Food", "expense");
    let refused = shelf.write(|tx| update(tx, food.id, &form(&[("name", "Pay"), ("hexColor", "#12345678")])));
    assert_eq!(problems(refused), [("hexColor", FieldFault::TooLong { max: 7 })]);
    assert_eq!(shelf.read(|tx| get_category(tx, food.id))?, food);
    Ok(())
}

#[test]
fn a_category_that_is_not_there_is_not_found_whatever_was_sent() {
    let shelf = Shelf::default();
    let refused = shelf.write(|tx| update(tx, CategoryId(Uuid::from_u128(9)), &form(&[("name", "")])));
    assert!(matches!(refused, Err(CategoryError::CategoryNotFound)));
}
