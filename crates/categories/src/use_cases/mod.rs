//! What can be done with categories, one use case per file.

mod create_category;
mod create_subcategory;
mod delete_category;
mod delete_subcategory;
mod get_category;
mod get_subcategory;
mod list_categories;
mod list_subcategories;
mod page_categories;
mod page_subcategories;
mod update_category;
mod update_subcategory;

pub use create_category::create_category;
pub use create_subcategory::create_subcategory;
pub use delete_category::delete_category;
pub use delete_subcategory::delete_subcategory;
pub use get_category::get_category;
pub use get_subcategory::get_subcategory;
pub use list_categories::list_categories;
pub use list_subcategories::list_subcategories;
pub use page_categories::page_categories;
pub use page_subcategories::page_subcategories;
pub use update_category::update_category;
pub use update_subcategory::update_subcategory;
