//! Lists a part of the categories.

use super::list_categories::wanted_kind;
use crate::{Category, CategoryError, CategoryRepository};
use kernel::{Form, Page, PageRequest};

/// A part of what [`list_categories`](crate::list_categories) answers, in the same order.
///
/// # Errors
/// `Store`.
pub fn page_categories<R: CategoryRepository + ?Sized>(
    repo: &mut R,
    query: &Form,
    wanted: PageRequest,
) -> Result<Page<Category>, CategoryError> {
    let kind = wanted_kind(query);
    Ok(Page::read(wanted, |wanted| repo.list_categories_after(kind, wanted))?)
}
