//! Lists subcategories.

use crate::{CategoryError, Subcategory, SubcategoryFilter, SubcategoryRepository};

/// The subcategories that the filter lets through; the first `limit` when there are more.
///
/// # Errors
/// `Store`.
pub fn list_subcategories<R: SubcategoryRepository + ?Sized>(
    repo: &mut R,
    filter: SubcategoryFilter,
    limit: u32,
) -> Result<Vec<Subcategory>, CategoryError> {
    Ok(repo.list_subcategories(filter.category, limit)?)
}
