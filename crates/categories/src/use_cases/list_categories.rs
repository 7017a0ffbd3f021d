//! Lists categories.

use crate::{Category, CategoryError, CategoryRepository};
use kernel::{Form, Raw};

/// The categories whose kind is exactly the query's `type` (also spelled `Type`); all of them when it is empty or absent.
///
/// # Errors
/// `Store`.
pub fn list_categories<R: CategoryRepository + ?Sized>(
    repo: &mut R,
    query: &Form,
) -> Result<Vec<Category>, CategoryError> {
    let kind = ["type", "Type"].into_iter().filter_map(|name| query.get(name)).find_map(given);
    Ok(repo.list_categories(kind)?)
}

fn given(raw: &Raw) -> Option<&str> {
    raw.as_text().ok().map(str::trim).filter(|text| !text.is_empty())
}
