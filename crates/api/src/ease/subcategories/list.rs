//! `GET /api/management/subcategory/`: the subcategories.

use super::view::{SubcategoryQuery, SubcategoryView};
use categories::{Subcategory, SubcategoryFilter};
use http::lists::{List, Listing, array};
use http::openapi::Faults;
use http::paging::PageQuery;
use http::{Call, Problem};

/// The subcategories, oldest insertion first.
///
/// Without a `limit` the list is complete. One of more than 1000 rows is sent in chunks as the client takes them; when that
/// fails half-way, the connection ends without the end of the body.
#[utoipa::path(
    get,
    path = "/api/management/subcategory/",
    operation_id = "list_subcategories",
    tag = "Subcategories",
    params(SubcategoryQuery, PageQuery),
    responses(
        (status = 200, description = "The subcategories.", body = Vec<SubcategoryView>, headers(("ETag" = String, description = "Names this representation; absent on a list of more than 1000 rows."), ("Link" = String, description = "With a `limit`: the address of the next part, as `rel=\"next\"`; absent on the last one."))),
        (status = 400, description = "The filter is no uuid.", body = Faults,
            example = json!({"detail": "An error occurred while retrieving the data."}))
    )
)]
pub(crate) async fn list(call: Call) -> Result<Listing, Problem> {
    call.list(&SUBCATEGORIES).await
}

static SUBCATEGORIES: List<Subcategory> = List {
    name: "subcategories",
    beginning: |tx, _, call, limit| {
        Ok(categories::list_subcategories(tx, SubcategoryFilter::read(call.query())?, limit)?)
    },
    part: |tx, _, call, wanted| Ok(categories::page_subcategories(tx, SubcategoryFilter::read(call.query())?, wanted)?),
    written: |_, rows| array(rows, SubcategoryView::from),
    finish: Call::unless_known,
};
