#![doc = include_str!("../README.md")]

mod error;
mod model;
mod ports;
mod use_cases;

pub use error::CategoryError;
pub use model::{Category, CategoryDraft, Subcategory, SubcategoryDraft};
pub use ports::{CategoryRepository, SubcategoryRepository};
pub use use_cases::*;
