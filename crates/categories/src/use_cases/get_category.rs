//! Reads one category.

use crate::{Category, CategoryError, CategoryRepository};
use kernel::CategoryId;

/// The category with this identifier.
///
/// # Errors
/// `CategoryNotFound`, `Store`.
pub fn get_category<R: CategoryRepository + ?Sized>(repo: &mut R, id: CategoryId) -> Result<Category, CategoryError> {
    repo.find_category(id)?.ok_or(CategoryError::CategoryNotFound)
}
