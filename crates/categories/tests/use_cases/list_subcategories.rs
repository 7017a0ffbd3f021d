//! Listing subcategories.

use crate::{Shelf, form};
use categories::{CategoryError, SubcategoryFilter, list_subcategories};

fn names(shelf: &Shelf, query: &[(&str, &str)]) -> Result<Vec<String>, CategoryError> {
    let listed = shelf.read(|tx| list_subcategories(tx, SubcategoryFilter::read(&form(query))?, u32::MAX))?;
    Ok(listed.into_iter().map(|subcategory| subcategory.name.as_str().to_owned()).collect())
}

#[test]
fn without_a_filter_all_are_listed_in_insertion_order() -> Result<(), CategoryError> {
    let shelf = Shelf::default();
    let (food, home) = (shelf.category("Food", "expense"), shelf.category("Home", "expense"));
    for (name, category) in [("Rent", &home), ("Bread", &food), ("Milk", &food)] {
        shelf.subcategory(name, category);
    }
    assert_eq!(names(&shelf, &[])?, ["Rent", "Bread", "Milk"]);
    assert_eq!(names(&shelf, &[("category_id", ""), ("category", " ")])?, ["Rent", "Bread", "Milk"]);
    Ok(())
}

#[test]
fn one_categorys_are_listed_however_the_filter_is_spelled() -> Result<(), CategoryError> {
    let shelf = Shelf::default();
    let (food, home) = (shelf.category("Food", "expense"), shelf.category("Home", "expense"));
    for (name, category) in [("Rent", &home), ("Bread", &food), ("Milk", &food)] {
        shelf.subcategory(name, category);
    }
    let (food, home) = (food.id.to_string(), home.id.to_string());
    assert_eq!(names(&shelf, &[("category_id", &food)])?, ["Bread", "Milk"]);
    assert_eq!(names(&shelf, &[("category", &home)])?, ["Rent"]);
    assert_eq!(names(&shelf, &[("category_id", &food), ("category", &home)])?, ["Bread", "Milk"]);
    assert_eq!(names(&shelf, &[("category_id", &food.to_uppercase())])?, ["Bread", "Milk"]);
    Ok(())
}

#[test]
fn a_category_without_any_and_one_that_is_not_there_have_none() -> Result<(), CategoryError> {
    let shelf = Shelf::default();
    let empty = shelf.category("Food", "expense").id.to_string();
    assert!(names(&shelf, &[("category_id", &empty)])?.is_empty());
    assert!(names(&shelf, &[("category_id", "00000000-0000-4000-8000-0000000000ff")])?.is_empty());
    Ok(())
}

#[test]
fn a_filter_that_is_no_identifier_is_refused() {
    for name in ["category_id", "category"] {
        let refused = names(&Shelf::default(), &[(name, "abc")]);
        assert!(matches!(refused, Err(CategoryError::UnreadableFilter)), "{name}");
    }
}
