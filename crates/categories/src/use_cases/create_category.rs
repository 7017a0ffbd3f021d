//! Adds a category.

use crate::{Category, CategoryDraft, CategoryError, CategoryRepository};
use kernel::{CategoryId, Form, IdSource};

/// Adds a category from a form with `name`, `description`, `type` and `hexColor`.
///
/// # Errors
/// `Fields`, `Store`.
pub fn create_category<R: CategoryRepository + ?Sized>(
    repo: &mut R,
    ids: &dyn IdSource,
    form: &Form,
) -> Result<Category, CategoryError> {
    let CategoryDraft { name, description, kind, hex_color } = CategoryDraft::read(form)?;
    let category = Category { id: CategoryId(ids.uuid()), name, description, kind, hex_color };
    repo.insert_category(&category)?;
    Ok(category)
}
