//! `DELETE /api/management/subcategory/<uuid>/`: removes a subcategory that nothing uses.

use super::missing;
use super::view::SubcategoryView;
use http::{Answer, Call, Reply};
use kernel::SubcategoryId;

/// Removes a subcategory that no expense uses.
#[utoipa::path(
    delete,
    path = "/api/management/subcategory/{id}/",
    operation_id = "delete_subcategory",
    tag = "Subcategories",
    params(("id" = String, Path, format = "uuid", description = "The subcategory.")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 400, description = "It is in use.", body = http::openapi::Detail, example = json!({
            "detail": "Cannot delete subcategory because there are related objects with the specified subcategory"
        })),
        (status = 404, description = "There is none.", body = http::openapi::Detail,
            example = json!({"detail": "Subcategory not found"}))
    )
)]
pub(crate) async fn delete(call: Call) -> Answer {
    call.write(|tx, _, call| {
        let id = SubcategoryId(call.uuid("id")?);
        call.require_match(|| {
            Reply::ok(&SubcategoryView::from(&categories::get_subcategory(tx, id).map_err(missing)?))
        })?;
        categories::delete_subcategory(tx, id).map_err(missing)?;
        Ok(Reply::no_content())
    })
    .await
}
