//! Listing categories.

use crate::{Shelf, form};
use categories::{CategoryFilter, list_categories};

fn names(shelf: &Shelf, query: &[(&str, &str)]) -> Vec<String> {
    let listed = shelf.read(|tx| list_categories(tx, &CategoryFilter::read(&form(query)), u32::MAX)).unwrap();
    listed.into_iter().map(|category| category.name.as_str().to_owned()).collect()
}

fn stocked() -> Shelf {
    let shelf = Shelf::default();
    for (name, kind) in [("Wages", "income"), ("Food", "expense"), ("Cinema", "Ocio")] {
        shelf.category(name, kind);
    }
    shelf
}

#[test]
fn without_a_filter_all_are_listed_in_insertion_order() {
    let shelf = stocked();
    assert_eq!(names(&shelf, &[]), ["Wages", "Food", "Cinema"]);
    assert_eq!(names(&shelf, &[("type", "")]), ["Wages", "Food", "Cinema"]);
    assert_eq!(names(&shelf, &[("Type", " ")]), ["Wages", "Food", "Cinema"]);
}

#[test]
fn a_type_is_matched_exactly_however_its_name_is_spelled() {
    let shelf = stocked();
    assert_eq!(names(&shelf, &[("type", "expense")]), ["Food"]);
    assert_eq!(names(&shelf, &[("Type", "Ocio")]), ["Cinema"]);
    assert!(names(&shelf, &[("type", "EXPENSE")]).is_empty());
    assert!(names(&shelf, &[("type", "exp")]).is_empty());
}

#[test]
fn the_lower_case_spelling_wins_unless_it_is_empty() {
    let shelf = stocked();
    assert_eq!(names(&shelf, &[("type", "income"), ("Type", "expense")]), ["Wages"]);
    assert_eq!(names(&shelf, &[("type", ""), ("Type", "expense")]), ["Food"]);
}
