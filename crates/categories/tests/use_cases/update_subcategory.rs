//! Changing a subcategory.

use crate::{Shelf, form, problems};
use categories::{
    CategoryError, Subcategory, SubcategoryChanges, SubcategoryFilter, get_subcategory, list_subcategories,
    update_subcategory,
};
use kernel::{FieldFault, Form, SubcategoryId, Text, Uuid};
use store::Tx;

/// Reads the subcategory and changes it, in one transaction.
fn update(tx: &mut dyn Tx, id: SubcategoryId, sent: &Form) -> Result<Subcategory, CategoryError> {
    let subcategory = get_subcategory(tx, id)?;
    let changes = SubcategoryChanges::read(sent, tx)?;
    update_subcategory(tx, subcategory, changes)
}

#[test]
fn only_what_was_sent_changes() -> Result<(), CategoryError> {
    let shelf = Shelf::default();
    let bread = shelf.subcategory("Bread", &shelf.category("Food", "expense"));
    let changed = shelf.write(|tx| update(tx, bread.id, &form(&[("name", "Rolls"), ("type", "x")])))?;
    assert_eq!(changed, Subcategory { name: Text::stored("Rolls".to_owned()), ..bread });
    assert_eq!(shelf.read(|tx| get_subcategory(tx, changed.id))?, changed);
    Ok(())
}

#[test]
fn it_can_move_to_another_category() -> Result<(), CategoryError> {
    let shelf = Shelf::default();
    let bread = shelf.subcategory("Bread", &shelf.category("Food", "expense"));
    let home = shelf.category("Home", "expense").id.to_string();
    let moved = shelf.write(|tx| update(tx, bread.id, &form(&[("category", &home)])))?;
    assert_eq!(moved.category.to_string(), home);
    assert_eq!(
        shelf.read(|tx| list_subcategories(
            tx,
            SubcategoryFilter::read(&form(&[("category_id", &home)]))?,
            u32::MAX
        ))?,
        [moved]
    );
    Ok(())
}

#[test]
fn a_category_that_is_not_there_or_empty_changes_nothing() -> Result<(), CategoryError> {
    let shelf = Shelf::default();
    let bread = shelf.subcategory("Bread", &shelf.category("Food", "expense"));
    let id = "00000000-0000-4000-8000-0000000000ff";
    for (sent, problem) in [(id, FieldFault::Missing { id: id.to_owned() }), ("", FieldFault::Null)] {
        let sent = form(&[("name", "Rolls"), ("category", sent)]);
        let refused = shelf.write(|tx| update(tx, bread.id, &sent));
        assert_eq!(problems(refused), [("category", problem)]);
    }
    assert_eq!(shelf.read(|tx| get_subcategory(tx, bread.id))?, bread);
    Ok(())
}

#[test]
fn a_subcategory_that_is_not_there_is_not_found_whatever_was_sent() {
    let shelf = Shelf::default();
    let refused = shelf.write(|tx| update(tx, SubcategoryId(Uuid::from_u128(9)), &form(&[("name", "")])));
    assert!(matches!(refused, Err(CategoryError::SubcategoryNotFound)));
}
