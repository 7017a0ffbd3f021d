//! `GET /api/management/category/`: the categories.

use super::view::{CategoryQuery, CategoryView};
use categories::{Category, CategoryFilter};
use http::lists::{List, Listing, array};
use http::openapi::Faults;
use http::paging::PageQuery;
use http::{Call, Problem};

/// The categories, oldest insertion first.
///
/// Without a `limit` the list is complete. One of more than 1000 rows is sent in chunks as the client takes them; when that
/// fails half-way, the connection ends without the end of the body.
#[utoipa::path(
    get,
    path = "/api/management/category/",
    operation_id = "list_categories",
    tag = "Categories",
    params(CategoryQuery, PageQuery),
    responses(
        (status = 200, description = "The categories.", body = Vec<CategoryView>, headers(("ETag" = String, description = "Names this representation; absent on a list of more than 1000 rows."), ("Link" = String, description = "With a `limit`: the address of the next part, as `rel=\"next\"`; absent on the last one."))),
        (status = 400, description = "The limit or the cursor cannot be read.", body = Faults,
            example = json!({"limit": ["A whole number from 1 to 1000 is required."]}))
    )
)]
pub(crate) async fn list(call: Call) -> Result<Listing, Problem> {
    call.list(&CATEGORIES).await
}

static CATEGORIES: List<Category> = List {
    name: "categories",
    beginning: |tx, _, call, limit| Ok(categories::list_categories(tx, &CategoryFilter::read(call.query()), limit)?),
    part: |tx, _, call, wanted| Ok(categories::page_categories(tx, &CategoryFilter::read(call.query()), wanted)?),
    written: |_, rows| array(rows, CategoryView::from),
    finish: Call::unless_known,
};
