//! `GET /api/management/category/<uuid>/`: one category.

use super::view::CategoryView;
use http::{Answer, Call, Reply};
use kernel::CategoryId;

/// One category. The status is 202: clients in use know it so.
#[utoipa::path(
    get,
    path = "/api/management/category/{id}/",
    operation_id = "get_category",
    tag = "Categories",
    params(("id" = String, Path, format = "uuid", description = "The category.")),
    responses(
        (status = 202, description = "The category.", body = CategoryView, headers(("ETag" = String, description = "Names this representation."))),
        (status = 404, description = "There is none.", body = http::openapi::Detail,
            example = json!({"detail": "Income not found."}))
    )
)]
pub(crate) async fn get(call: Call) -> Answer {
    call.read(|tx, _, call| {
        let category = categories::get_category(tx, CategoryId(call.uuid("id")?))?;
        call.unless_known(Reply::accepted(&CategoryView::from(&category))?)
    })
    .await
}
