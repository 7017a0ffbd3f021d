//! Removes a subcategory that nothing uses.

use crate::{CategoryError, SubcategoryRepository};
use kernel::SubcategoryId;

/// Removes a subcategory.
///
/// # Errors
/// `SubcategoryNotFound`, `SubcategoryInUse`, `Store`.
pub fn delete_subcategory<R: SubcategoryRepository + ?Sized>(
    repo: &mut R,
    id: SubcategoryId,
) -> Result<(), CategoryError> {
    if repo.delete_subcategory(id)? { Ok(()) } else { Err(CategoryError::SubcategoryNotFound) }
}
