//! `PUT /api/management/category/<uuid>/`: changes a category.

use super::view::{CategoryChanges, CategoryView};
use crate::openapi::BodyRefusals;
use crate::{Answer, Call, Problem, Reply};
use kernel::CategoryId;
use users::Role;

/// Changes whatever the body holds.
#[utoipa::path(
    put,
    path = "/api/management/category/{id}/",
    operation_id = "update_category",
    tag = "Categories",
    params(("id" = String, Path, format = "uuid", description = "The category.")),
    request_body = CategoryChanges,
    responses(
        (status = 202, description = "The category as it is now.", body = CategoryView),
        (status = 404, description = "There is none.", body = crate::openapi::Detail,
            example = json!({"detail": "Category not found"})),
        BodyRefusals
    )
)]
pub(crate) async fn update(call: Call) -> Answer {
    call.write(Role::Staff, |tx, _, call| {
        let id = CategoryId(call.uuid("id")?);
        let category = categories::update_category(tx, id, &call.form()?)
            .map_err(|error| Problem::from(error).reworded("categories.category_not_found", "Category not found"))?;
        Reply::accepted(&CategoryView::from(&category))
    })
    .await
}
