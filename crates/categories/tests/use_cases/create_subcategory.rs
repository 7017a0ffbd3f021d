//! Adding a subcategory.

use crate::{Shelf, create, form, problems};
use categories::{
    CategoryError, SubcategoryDraft, SubcategoryFilter, create_subcategory, get_subcategory, list_subcategories,
};
use kernel::{CategoryId, FieldFault, Form, Raw, Text, Uuid};

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
    let bread = shelf.write(|tx| create(tx, &shelf.ids, &form))?;
    assert_eq!((bread.name.as_str(), bread.hex_color.as_str(), bread.category), ("Bread", "#fff", food.id));
    assert_eq!(shelf.read(|tx| get_subcategory(tx, bread.id))?, bread);
    Ok(())
}

#[test]
fn a_category_that_is_not_there_is_a_problem_of_its_field() {
    let shelf = Shelf::default();
    let id = "00000000-0000-4000-8000-0000000000ff";
    let refused = shelf.write(|tx| create(tx, &shelf.ids, &sent(Raw::Text(id.to_owned()))));
    assert_eq!(problems(refused), [("category", FieldFault::Missing { id: id.to_owned() })]);
    assert!(shelf.read(|tx| list_subcategories(tx, SubcategoryFilter::default(), u32::MAX)).unwrap().is_empty());
}

#[test]
fn no_category_counts_as_null() {
    let shelf = Shelf::default();
    for none in [Raw::Null, Raw::Text(String::new()), Raw::Text("  ".to_owned())] {
        let refused = shelf.write(|tx| create(tx, &shelf.ids, &sent(none.clone())));
        assert_eq!(problems(refused), [("category", FieldFault::Null)]);
    }
}

#[test]
fn a_category_that_is_no_identifier_is_told_back() {
    let shelf = Shelf::default();
    let refused = shelf.write(|tx| create(tx, &shelf.ids, &sent(Raw::Text("abc".to_owned()))));
    assert_eq!(problems(refused), [("category", FieldFault::NotAUuid { sent: "abc".to_owned() })]);
}

#[test]
fn a_missing_category_is_told_beside_every_other_problem() {
    let shelf = Shelf::default();
    let id = "00000000-0000-4000-8000-0000000000ff";
    let refused = shelf.write(|tx| create(tx, &shelf.ids, &form(&[("name", ""), ("category", id)])));
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
    assert!(shelf.write(|tx| create(tx, &shelf.ids, &form(&sent))).is_ok());
}

#[test]
fn a_draft_needs_no_form_and_its_category_must_be_there_all_the_same() -> Result<(), CategoryError> {
    let shelf = Shelf::default();
    let draft = |category| {
        let (name, description, hex_color) = (Text::new("Bread")?, Text::new("what for")?, Text::new("#fff")?);
        Ok::<_, FieldFault>(SubcategoryDraft { name, description, hex_color, category })
    };
    let food = shelf.category("Food", "expense").id;
    let bread = shelf.write(|tx| create_subcategory(tx, &shelf.ids, draft(food).unwrap()))?;
    assert_eq!((bread.name.as_str(), bread.category), ("Bread", food));
    let nothing = CategoryId(Uuid::from_u128(255));
    let refused = shelf.write(|tx| create_subcategory(tx, &shelf.ids, draft(nothing).unwrap()));
    assert_eq!(problems(refused), [("category", FieldFault::Missing { id: nothing.to_string() })]);
    Ok(())
}
