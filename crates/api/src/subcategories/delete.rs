//! `DELETE /api/management/subcategory/<uuid>/`: removes a subcategory that nothing uses.

use crate::openapi::Refusals;
use crate::{Answer, Call, Problem, Reply};
use kernel::SubcategoryId;
use users::Role;

/// Removes a subcategory that no expense uses.
#[utoipa::path(
    delete,
    path = "/api/management/subcategory/{id}/",
    operation_id = "delete_subcategory",
    tag = "Subcategories",
    params(("id" = String, Path, format = "uuid", description = "The subcategory.")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 400, description = "It is in use.", body = crate::openapi::Detail, example = json!({
            "detail": "Cannot delete subcategory because there are related objects with the specified subcategory"
        })),
        (status = 404, description = "There is none.", body = crate::openapi::Detail,
            example = json!({"detail": "Subcategory not found"})),
        Refusals
    )
)]
pub(crate) async fn delete(call: Call) -> Answer {
    call.write(Role::Staff, |tx, _, call| {
        categories::delete_subcategory(tx, SubcategoryId(call.uuid("id")?)).map_err(|error| {
            Problem::from(error).reworded("categories.subcategory_not_found", "Subcategory not found")
        })?;
        Ok(Reply::no_content())
    })
    .await
}
