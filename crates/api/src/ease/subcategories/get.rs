//! `GET /api/management/subcategory/<uuid>/`: one subcategory.

use super::view::SubcategoryView;
use http::{Answer, Call, Reply};
use kernel::SubcategoryId;

/// One subcategory.
#[utoipa::path(
    get,
    path = "/api/management/subcategory/{id}/",
    operation_id = "get_subcategory",
    tag = "Subcategories",
    params(("id" = String, Path, format = "uuid", description = "The subcategory.")),
    responses(
        (status = 200, description = "The subcategory.", body = SubcategoryView, headers(("ETag" = String, description = "Names this representation."))),
        (status = 404, description = "There is none.", body = http::openapi::Detail,
            example = json!({"detail": "Income not found."}))
    )
)]
pub(crate) async fn get(call: Call) -> Answer {
    call.read(|tx, _, call| {
        let subcategory = categories::get_subcategory(tx, SubcategoryId(call.uuid("id")?))?;
        call.unless_known(Reply::ok(&SubcategoryView::from(&subcategory))?)
    })
    .await
}
