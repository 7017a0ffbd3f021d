//! Changes a subcategory.

use crate::{CategoryError, CategoryRepository, Subcategory, SubcategoryRepository, get_subcategory};
use kernel::{Form, SubcategoryId};

/// Changes whatever the form holds of `name`, `description`, `hexColor` and `category`.
///
/// # Errors
/// `SubcategoryNotFound`, `Fields` (a category that is not there included), `Store`.
pub fn update_subcategory<R>(repo: &mut R, id: SubcategoryId, form: &Form) -> Result<Subcategory, CategoryError>
where
    R: CategoryRepository + SubcategoryRepository + ?Sized,
{
    let subcategory = get_subcategory(repo, id)?.changed(form, repo)?;
    repo.update_subcategory(&subcategory)?;
    Ok(subcategory)
}
