//! Lists a part of the subcategories.

use super::list_subcategories::wanted_category;
use crate::{CategoryError, Subcategory, SubcategoryRepository};
use kernel::{Form, Page, PageRequest};

/// A part of what [`list_subcategories`](crate::list_subcategories) answers, in the same order.
///
/// # Errors
/// `UnreadableFilter`, `Store`.
pub fn page_subcategories<R: SubcategoryRepository + ?Sized>(
    repo: &mut R,
    query: &Form,
    wanted: PageRequest,
) -> Result<Page<Subcategory>, CategoryError> {
    let category = wanted_category(query)?;
    Ok(Page::read(wanted, |wanted| repo.list_subcategories_after(category, wanted))?)
}
