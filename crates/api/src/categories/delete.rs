//! `DELETE /api/management/category/<uuid>/`: removes a category that nothing uses.

use crate::openapi::Refusals;
use crate::{Answer, Call, Problem, Reply};
use kernel::CategoryId;
use users::Role;

/// Removes a category that no subcategory, expense or income uses.
#[utoipa::path(
    delete,
    path = "/api/management/category/{id}/",
    operation_id = "delete_category",
    tag = "Categories",
    params(("id" = String, Path, format = "uuid", description = "The category.")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 400, description = "It is in use.", body = crate::openapi::Detail, example = json!({
            "detail": "Cannot delete subcategory because there are related objects with the specified category"
        })),
        (status = 404, description = "There is none.", body = crate::openapi::Detail,
            example = json!({"detail": "Category not found"})),
        Refusals
    )
)]
pub(crate) async fn delete(call: Call) -> Answer {
    call.write(Role::Staff, |tx, _, call| {
        categories::delete_category(tx, CategoryId(call.uuid("id")?))
            .map_err(|error| Problem::from(error).reworded("categories.category_not_found", "Category not found"))?;
        Ok(Reply::no_content())
    })
    .await
}
