//! `PUT /api/management/subcategory/<uuid>/`: changes a subcategory.

use super::view::{SubcategoryChanges, SubcategoryView};
use crate::openapi::BodyRefusals;
use crate::{Answer, Call, Problem, Reply};
use kernel::SubcategoryId;
use users::Role;

/// Changes whatever the body holds.
#[utoipa::path(
    put,
    path = "/api/management/subcategory/{id}/",
    operation_id = "update_subcategory",
    tag = "Subcategories",
    params(("id" = String, Path, format = "uuid", description = "The subcategory.")),
    request_body = SubcategoryChanges,
    responses(
        (status = 202, description = "The subcategory as it is now.", body = SubcategoryView),
        (status = 404, description = "There is none.", body = crate::openapi::Detail,
            example = json!({"detail": "Subcategory not found"})),
        BodyRefusals
    )
)]
pub(crate) async fn update(call: Call) -> Answer {
    call.write(Role::Staff, |tx, _, call| {
        let id = SubcategoryId(call.uuid("id")?);
        let subcategory = categories::update_subcategory(tx, id, &call.form()?).map_err(|error| {
            Problem::from(error).reworded("categories.subcategory_not_found", "Subcategory not found")
        })?;
        Reply::accepted(&SubcategoryView::from(&subcategory))
    })
    .await
}
