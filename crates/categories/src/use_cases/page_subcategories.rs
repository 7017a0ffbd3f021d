//! Lists a part of the subcategories.

use crate::{CategoryError, Subcategory, SubcategoryFilter, SubcategoryRepository};
use kernel::{Page, PageRequest};

/// A part of what [`list_subcategories`](crate::list_subcategories) answers, in the same order.
///
/// # Errors
/// `Store`.
pub fn page_subcategories<R: SubcategoryRepository + ?Sized>(
    repo: &mut R,
    filter: SubcategoryFilter,
    wanted: PageRequest,
) -> Result<Page<Subcategory>, CategoryError> {
    Ok(Page::read(wanted, |wanted| repo.list_subcategories_after(filter.category, wanted))?)
}
