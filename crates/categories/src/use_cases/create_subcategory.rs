//! Adds a subcategory.

use crate::{CategoryError, CategoryRepository, Subcategory, SubcategoryDraft, SubcategoryRepository};
use kernel::{Form, IdSource, SubcategoryId};

/// Adds a subcategory from a form with `name`, `description`, `hexColor` and `category`.
///
/// # Errors
/// `Fields` (a category that is not there included), `Store`.
pub fn create_subcategory<R>(repo: &mut R, ids: &dyn IdSource, form: &Form) -> Result<Subcategory, CategoryError>
where
    R: CategoryRepository + SubcategoryRepository + ?Sized,
{
    let SubcategoryDraft { name, description, hex_color, category } = SubcategoryDraft::read(form, repo)?;
    let subcategory = Subcategory { id: SubcategoryId(ids.uuid()), name, description, hex_color, category };
    repo.insert_subcategory(&subcategory)?;
    Ok(subcategory)
}
