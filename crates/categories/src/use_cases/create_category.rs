//! Adds a category.

use crate::{Category, CategoryDraft, CategoryError, CategoryRepository};
use kernel::{CategoryId, IdSource};

/// Adds a category.
///
/// # Errors
/// `Store`.
pub fn create_category<R: CategoryRepository + ?Sized>(
    repo: &mut R,
    ids: &dyn IdSource,
    draft: CategoryDraft,
) -> Result<Category, CategoryError> {
    let category = Category::new(CategoryId(ids.uuid()), draft);
    repo.insert_category(&category)?;
    Ok(category)
}
