//! Lists subcategories.

use crate::{CategoryError, Subcategory, SubcategoryRepository};
use kernel::{CategoryId, FieldFault, Form, Raw};

/// The subcategories of the query's `category_id` (also spelled `category`); all of them when it is empty or
/// absent. The first `limit` when there are more.
///
/// # Errors
/// `UnreadableFilter`, `Store`.
pub fn list_subcategories<R: SubcategoryRepository + ?Sized>(
    repo: &mut R,
    query: &Form,
    limit: u32,
) -> Result<Vec<Subcategory>, CategoryError> {
    Ok(repo.list_subcategories(wanted_category(query)?, limit)?)
}

/// The category that a query asks for.
pub(super) fn wanted_category(query: &Form) -> Result<Option<CategoryId>, CategoryError> {
    Ok(given(query, "category_id")?.or(given(query, "category")?))
}

fn given(query: &Form, name: &str) -> Result<Option<CategoryId>, CategoryError> {
    match query.get(name).map(Raw::as_uuid) {
        None | Some(Err(FieldFault::Null)) => Ok(None),
        Some(Ok(id)) => Ok(Some(CategoryId(id))),
        Some(Err(_)) => Err(CategoryError::UnreadableFilter),
    }
}
