//! Lists a part of the categories.

use crate::{Category, CategoryError, CategoryFilter, CategoryRepository};
use kernel::{Page, PageRequest};

/// A part of what [`list_categories`](crate::list_categories) answers, in the same order.
///
/// # Errors
/// `Store`.
pub fn page_categories<R: CategoryRepository + ?Sized>(
    repo: &mut R,
    filter: &CategoryFilter,
    wanted: PageRequest,
) -> Result<Page<Category>, CategoryError> {
    Ok(Page::read(wanted, |wanted| repo.list_categories_after(filter.kind.as_deref(), wanted))?)
}
