//! Lists categories.

use crate::{Category, CategoryError, CategoryFilter, CategoryRepository};

/// The categories that the filter lets through; the first `limit` when there are more.
///
/// # Errors
/// `Store`.
pub fn list_categories<R: CategoryRepository + ?Sized>(
    repo: &mut R,
    filter: &CategoryFilter,
    limit: u32,
) -> Result<Vec<Category>, CategoryError> {
    Ok(repo.list_categories(filter.kind.as_deref(), limit)?)
}
