//! Changes a category.

use crate::{Category, CategoryChanges, CategoryError, CategoryRepository};

/// Changes a category that was read in the same transaction.
///
/// # Errors
/// `Store`.
pub fn update_category<R: CategoryRepository + ?Sized>(
    repo: &mut R,
    category: Category,
    changes: CategoryChanges,
) -> Result<Category, CategoryError> {
    let category = category.changed(changes);
    repo.update_category(&category)?;
    Ok(category)
}
