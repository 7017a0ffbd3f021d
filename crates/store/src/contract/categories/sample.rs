//! Categories and subcategories for clauses to store, and short ways to store them.

use crate::Store;
use crate::contract::sample::{text, write};
use categories::{Category, Subcategory};
use kernel::{CategoryId, SubcategoryId, Uuid};

/// A category.
pub(crate) fn category(number: u128) -> Category {
    Category {
        id: CategoryId(Uuid::from_u128(number)),
        name: text(&format!("category {number}")),
        description: text("what it is for"),
        kind: text("expense"),
        hex_color: text("#a0b1c2"),
    }
}

/// Stores a category.
pub(crate) fn add_category(store: &dyn Store, number: u128) -> CategoryId {
    let category = category(number);
    write(store, |tx| Ok(tx.insert_category(&category)?));
    category.id
}

/// A subcategory.
pub(crate) fn subcategory(number: u128, category: CategoryId) -> Subcategory {
    Subcategory {
        id: SubcategoryId(Uuid::from_u128(number)),
        name: text(&format!("subcategory {number}")),
        description: text("what it is for"),
        hex_color: text("#a0b1c2"),
        category,
    }
}

/// Stores a subcategory.
pub(crate) fn add_subcategory(store: &dyn Store, number: u128, category: CategoryId) -> SubcategoryId {
    let subcategory = subcategory(number, category);
    write(store, |tx| Ok(tx.insert_subcategory(&subcategory)?));
    subcategory.id
}
