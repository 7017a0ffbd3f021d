//! The clauses of lists of categories and subcategories that are read in parts.

use crate::Store;
use crate::contract::categories::sample::{add_category, add_subcategory, category};
use crate::contract::lists::{List, name, named, placed};
use crate::contract::sample::{text, write};
use categories::{Category, Subcategory};
use kernel::CategoryId;

fn categories(kind: Option<&'static str>) -> List {
    let name = |category: &Category| category.id.to_string();
    List::new(
        move |tx, limit| Ok(named(&tx.list_categories(kind, limit)?, name)),
        move |tx, wanted| Ok(placed(&tx.list_categories_after(kind, wanted)?, name)),
    )
}

fn subcategories(category: Option<CategoryId>) -> List {
    let name = |subcategory: &Subcategory| subcategory.id.to_string();
    List::new(
        move |tx, limit| Ok(named(&tx.list_subcategories(category, limit)?, name)),
        move |tx, wanted| Ok(placed(&tx.list_subcategories_after(category, wanted)?, name)),
    )
}

/// The parts of a list make the list, whether it is filtered or not.
pub fn the_parts_of_a_list_make_the_list(store: &dyn Store) {
    let category = category(1).id;
    for number in 1..=7 {
        add_category(store, number);
        add_subcategory(store, number, category);
    }
    for list in [categories(None), categories(Some("expense")), subcategories(None), subcategories(Some(category))] {
        list.must_be_made_of_its_parts(store);
    }
}

/// What a kind or a category hides is in no part.
pub fn a_part_is_filtered_like_its_list(store: &dyn Store) {
    let [common, rare] = [1, 2].map(|number| add_category(store, number));
    for (number, is_rare) in (11..).zip([false, true, false, true, true]) {
        let kind = text(if is_rare { "rare" } else { "expense" });
        write(store, |tx| Ok(tx.insert_category(&Category { kind: kind.clone(), ..category(number) })?));
        add_subcategory(store, number, if is_rare { rare } else { common });
    }
    let shown = [12, 14, 15].map(name);
    categories(Some("rare")).must_show_only(store, &shown);
    subcategories(Some(rare)).must_show_only(store, &shown);
    for nothing in ["RARE", "rare\0"] {
        categories(Some(nothing)).must_show_only(store, &[]);
    }
}
