//! Lists categories.

use crate::{Category, CategoryError, CategoryRepository};
use kernel::{Form, Raw};

/// The categories whose kind is exactly the query's `type` (also spelled `Type`); all of them when it is empty or absent.
/// The first `limit` when there are more.
///
/// # Errors
/// `Store`.
pub fn list_categories<R: CategoryRepository + ?Sized>(
    repo: &mut R,
    query: &Form,
    limit: u32,
) -> Result<Vec<Category>, CategoryError> {
    Ok(repo.list_categories(wanted_kind(query), limit)?)
}

/// The kind that a query asks for.
pub(super) fn wanted_kind(query: &Form) -> Option<&str> {
    ["type", "Type"].into_iter().filter_map(|name| query.get(name)).find_map(given)
}

fn given(raw: &Raw) -> Option<&str> {
    raw.as_text().ok().map(str::trim).filter(|text| !text.is_empty())
}
