//! Categories and subcategories, in tables.

mod category_table;
pub(crate) mod schema;
mod subcategory_table;
