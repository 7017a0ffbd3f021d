//! `DELETE /api/management/category/<uuid>/`: removes a category that nothing uses.

use super::missing;
use super::view::CategoryView;
use http::{Answer, Call, Reply};
use kernel::CategoryId;

/// Removes a category that no subcategory, expense or income uses.
#[utoipa::path(
    delete,
    path = "/api/management/category/{id}/",
    operation_id = "delete_category",
    tag = "Categories",
    params(("id" = String, Path, format = "uuid", description = "The category.")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 400, description = "It is in use.", body = http::openapi::Detail, example = json!({
            "detail": "Cannot delete subcategory because there are related objects with the specified category"
        })),
        (status = 404, description = "There is none.", body = http::openapi::Detail,
            example = json!({"detail": "Category not found"}))
    )
)]
pub(crate) async fn delete(call: Call) -> Answer {
    call.write(|tx, _, call| {
        let id = CategoryId(call.uuid("id")?);
        call.require_match(|| Reply::ok(&CategoryView::from(&categories::get_category(tx, id).map_err(missing)?)))?;
        categories::delete_category(tx, id).map_err(missing)?;
        Ok(Reply::no_content())
    })
    .await
}
