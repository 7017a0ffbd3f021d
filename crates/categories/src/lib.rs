#![doc = include_str!("../README.md")]

mod error;
mod filter;
mod model;
mod ports;
mod use_cases;

pub use error::CategoryError;
pub use filter::{CategoryFilter, SubcategoryFilter};
pub use model::{Category, CategoryChanges, CategoryDraft, Subcategory, SubcategoryChanges, SubcategoryDraft};
pub use ports::{CategoryRepository, SubcategoryRepository};
pub use use_cases::*;
