//! Adding a category.

use crate::{Shelf, form, problems};
use categories::{CategoryDraft, CategoryError, CategoryFilter, create_category, get_category, list_categories};
use kernel::{FieldFault, Form, Raw};

#[test]
fn a_category_is_stored_as_it_was_sent_but_trimmed() {
    let shelf = Shelf::default();
    let sent =
        form(&[("name", " Food "), ("description", "What we eat"), ("type", "expense"), ("hexColor", "#A0b1c2")]);
    let category = shelf.write(|tx| create_category(tx, &shelf.ids, CategoryDraft::read(&sent)?)).unwrap();
    assert_eq!(category.name.as_str(), "Food");
    assert_eq!(category.description.as_str(), "What we eat");
    assert_eq!(category.kind.as_str(), "expense");
    assert_eq!(category.hex_color.as_str(), "#A0b1c2");
    assert_eq!(shelf.read(|tx| get_category(tx, category.id)).unwrap(), category);
}

#[test]
fn every_missing_field_is_told_and_nothing_is_stored() {
    let shelf = Shelf::default();
    let refused = shelf.write(|tx| create_category(tx, &shelf.ids, CategoryDraft::read(&Form::default())?));
    let expected = ["name", "description", "type", "hexColor"].map(|name| (name, FieldFault::Required));
    assert_eq!(problems(refused), expected);
    assert!(shelf.read(|tx| list_categories(tx, &CategoryFilter::default(), u32::MAX)).unwrap().is_empty());
}

#[test]
fn every_faulty_field_is_told_with_its_own_problem() {
    let shelf = Shelf::default();
    let sent = Form::from_iter([
        ("name", Raw::Text("n".repeat(101))),
        ("description", Raw::Text("a\0b".to_owned())),
        ("type", Raw::Null),
        ("hexColor", Raw::Text("#12345678".to_owned())),
    ]);
    let refused = shelf.write(|tx| create_category(tx, &shelf.ids, CategoryDraft::read(&sent)?));
    let expected = [
        ("name", FieldFault::TooLong { max: 100 }),
        ("description", FieldFault::HasNul),
        ("type", FieldFault::Null),
        ("hexColor", FieldFault::TooLong { max: 7 }),
    ];
    assert_eq!(problems(refused), expected);
}

#[test]
fn numbers_count_as_their_text_and_nothing_else_does() {
    let shelf = Shelf::default();
    let sent = |name| {
        let rest = ["description", "type", "hexColor"].map(|field| (field, Raw::Text("x".to_owned())));
        [("name", name)].into_iter().chain(rest).collect::<Form>()
    };
    let category = shelf
        .write(|tx| create_category(tx, &shelf.ids, CategoryDraft::read(&sent(Raw::Number("7".to_owned())))?))
        .unwrap();
    assert_eq!(category.name.as_str(), "7");
    for wrong in [Raw::Bool(true), Raw::List(Vec::new()), Raw::Object(Box::default())] {
        let refused = shelf.write(|tx| create_category(tx, &shelf.ids, CategoryDraft::read(&sent(wrong.clone()))?));
        assert_eq!(problems(refused), [("name", FieldFault::NotText)]);
    }
}

#[test]
fn two_categories_may_have_the_same_name() -> Result<(), CategoryError> {
    let shelf = Shelf::default();
    let twins = [shelf.category("Food", "expense"), shelf.category("Food", "expense")];
    assert_ne!(twins[0].id, twins[1].id);
    assert_eq!(shelf.read(|tx| list_categories(tx, &CategoryFilter::default(), u32::MAX))?, twins);
    Ok(())
}
