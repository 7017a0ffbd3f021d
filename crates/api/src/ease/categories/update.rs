//! `PUT /api/management/category/<uuid>/`: changes a category.

use super::missing;
use super::view::{CategoryChangesBody, CategoryView};
use categories::CategoryChanges;
use http::{Answer, Call, Reply};
use kernel::CategoryId;

/// Changes whatever the body holds.
#[utoipa::path(
    put,
    path = "/api/management/category/{id}/",
    operation_id = "update_category",
    tag = "Categories",
    params(("id" = String, Path, format = "uuid", description = "The category.")),
    request_body = CategoryChangesBody,
    responses(
        (status = 202, description = "The category as it is now.", body = CategoryView, headers(("ETag" = String, description = "Names this representation."))),
        (status = 404, description = "There is none.", body = http::openapi::Detail,
            example = json!({"detail": "Category not found"}))
    )
)]
pub(crate) async fn update(call: Call) -> Answer {
    call.write(|tx, _, call| {
        let id = CategoryId(call.uuid("id")?);
        call.require_match(|| Reply::ok(&CategoryView::from(&categories::get_category(tx, id).map_err(missing)?)))?;
        let form = call.form()?;
        let category = categories::get_category(tx, id).map_err(missing)?;
        let changes = CategoryChanges::read(&form)?;
        let category = categories::update_category(tx, category, changes)?;
        Ok(Reply::accepted(&CategoryView::from(&category))?.with_tag())
    })
    .await
}
