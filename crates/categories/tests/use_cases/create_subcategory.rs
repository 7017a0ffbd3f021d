//! Adding a subcategory.

use crate::{Shelf, form, problems};
use categories::{CategoryError, create_subcategory, get_subcategory, list_subcategories};
use kernel::{FieldFault, Form, Raw};

fn sent(category: Raw) -> Form {
    let rest = [("name", "Bread"), ("description", "what for"), ("hexColor", "#fff")];
    let rest = rest.map(|(name, value)| (name, Raw::Text(value.to_owned())));
    [("category", category)].into_iter().chain(rest).collect()
}

#[test]
fn a_subcategory_is_stored_under_its_category() -> Result<(), CategoryError> {
    let shelf = Shelf::default();
    let food = shelf.category("Food", "expense");
    let form = sent(Raw::Text(food.id.to_string()));
    let bread = shelf.write(|tx| create_subcategory(tx, &shelf.ids, &form))?;
    assert_eq!((bread.name.as_str(), bread.hex_color.as_str(), bread.category), ("Bread", "#fff", food.id));
    assert_eq!(shelf.read(|tx| get_subcategory(tx, bread.id))?, bread);
    Ok(())
}

#[test]
fn a_category_that_is_not_there_is_a_problem_of_its_field() {
    let shelf = Shelf::default();
    let id = "00000000-0000-4000-8000-0000000000ff";
    let refused = shelf.write(|tx| create_subcategory(tx, &shelf.ids, &sent(Raw::Text(id.to_owned()))));
    assert_eq!(problems(refused), [("category", FieldFault::Missing { id: id.to_owned() })]);
    assert!(shelf.read(|tx| list_subcategories(tx, &Form::default(), u32::MAX)).unwrap().is_empty());
}

#[test]
fn no_category_counts_as_null() {
    let shelf = Shelf::default();
    for none in [Raw::Null, Raw::Text(String::new()), Raw::Text("  ".to_owned())] {
        let refused = shelf.write(|tx| create_subcategory(tx, &shelf.ids, &sent(none.clone())));
        assert_eq!(problems(refused), [("category", FieldFault::Null)]);
    }
}

#[test]
fn a_category_that_is_no_identifier_is_told_back() {
    let shelf = Shelf::default();
    let refused = shelf.write(|tx| create_subcategory(tx, &shelf.ids, &sent(Raw::Text("abc".to_owned()))));
    assert_eq!(problems(refused), [("category", FieldFault::NotAUuid { sent: "abc".to_owned() })]);
}

#[test]
fn a_missing_category_is_told_beside_every_other_problem() {
    let shelf = Shelf::default();
    let id = "00000000-0000-4000-8000-0000000000ff";
    let refused = shelf.write(|tx| create_subcategory(tx, &shelf.ids, &form(&[("name", ""), ("category", id)])));
    let expected = [
        ("name", FieldFault::Blank),
        ("description", FieldFault::Required),
        ("hexColor", FieldFault::Required),
        ("category", FieldFault::Missing { id: id.to_owned() }),
    ];
    assert_eq!(problems(refused), expected);
}

#[test]
fn a_type_is_ignored() {
    let shelf = Shelf::default();
    let id = shelf.category("Food", "expense").id.to_string();
    let sent = [("name", "Bread"), ("description", "x"), ("hexColor", "#fff"), ("category", &id), ("type", "")];
    assert!(shelf.write(|tx| create_subcategory(tx, &shelf.ids, &form(&sent))).is_ok());
}
