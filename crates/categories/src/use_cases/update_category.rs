//! Changes a category.

use crate::{Category, CategoryError, CategoryRepository, get_category};
use kernel::{CategoryId, Form};

/// Changes whatever the form holds of `name`, `description`, `type` and `hexColor`.
///
/// # Errors
/// `CategoryNotFound`, `Fields`, `Store`.
pub fn update_category<R: CategoryRepository + ?Sized>(
    repo: &mut R,
    id: CategoryId,
    form: &Form,
) -> Result<Category, CategoryError> {
    let category = get_category(repo, id)?.changed(form)?;
    repo.update_category(&category)?;
    Ok(category)
}
