//! Reads one subcategory.

use crate::{CategoryError, Subcategory, SubcategoryRepository};
use kernel::SubcategoryId;

/// The subcategory with this identifier.
///
/// # Errors
/// `SubcategoryNotFound`, `Store`.
pub fn get_subcategory<R: SubcategoryRepository + ?Sized>(
    repo: &mut R,
    id: SubcategoryId,
) -> Result<Subcategory, CategoryError> {
    repo.find_subcategory(id)?.ok_or(CategoryError::SubcategoryNotFound)
}
