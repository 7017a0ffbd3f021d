//! Changes a subcategory.

use crate::model::require_category;
use crate::{CategoryError, CategoryRepository, Subcategory, SubcategoryChanges, SubcategoryRepository};

/// Changes a subcategory that was read in the same transaction.
///
/// # Errors
/// `Fields` for a category that is not there, `Store`.
pub fn update_subcategory<R>(
    repo: &mut R,
    subcategory: Subcategory,
    changes: SubcategoryChanges,
) -> Result<Subcategory, CategoryError>
where
    R: CategoryRepository + SubcategoryRepository + ?Sized,
{
    if let Some(category) = changes.category {
        require_category(category, repo)?;
    }
    let subcategory = subcategory.changed(changes);
    repo.update_subcategory(&subcategory)?;
    Ok(subcategory)
}
