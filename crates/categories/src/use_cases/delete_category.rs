//! Removes a category that nothing uses.

use crate::{CategoryError, CategoryRepository};
use kernel::CategoryId;

/// Removes a category.
///
/// # Errors
/// `CategoryNotFound`, `CategoryInUse`, `Store`.
pub fn delete_category<R: CategoryRepository + ?Sized>(repo: &mut R, id: CategoryId) -> Result<(), CategoryError> {
    if repo.delete_category(id)? { Ok(()) } else { Err(CategoryError::CategoryNotFound) }
}
