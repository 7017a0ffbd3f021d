//! Adds a subcategory.

use crate::model::require_category;
use crate::{CategoryError, CategoryRepository, Subcategory, SubcategoryDraft, SubcategoryRepository};
use kernel::{IdSource, SubcategoryId};

/// Adds a subcategory.
///
/// # Errors
/// `Fields` for a category that is not there, `Store`.
pub fn create_subcategory<R>(
    repo: &mut R,
    ids: &dyn IdSource,
    draft: SubcategoryDraft,
) -> Result<Subcategory, CategoryError>
where
    R: CategoryRepository + SubcategoryRepository + ?Sized,
{
    require_category(draft.category, repo)?;
    let subcategory = Subcategory::new(SubcategoryId(ids.uuid()), draft);
    repo.insert_subcategory(&subcategory)?;
    Ok(subcategory)
}
