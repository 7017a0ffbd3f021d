//! `PUT /api/management/subcategory/<uuid>/`: changes a subcategory.

use super::missing;
use super::view::{SubcategoryChangesBody, SubcategoryView};
use categories::SubcategoryChanges;
use http::{Answer, Call, Reply};
use kernel::SubcategoryId;

/// Changes whatever the body holds.
#[utoipa::path(
    put,
    path = "/api/management/subcategory/{id}/",
    operation_id = "update_subcategory",
    tag = "Subcategories",
    params(("id" = String, Path, format = "uuid", description = "The subcategory.")),
    request_body = SubcategoryChangesBody,
    responses(
        (status = 202, description = "The subcategory as it is now.", body = SubcategoryView, headers(("ETag" = String, description = "Names this representation."))),
        (status = 404, description = "There is none.", body = http::openapi::Detail,
            example = json!({"detail": "Subcategory not found"}))
    )
)]
pub(crate) async fn update(call: Call) -> Answer {
    call.write(|tx, _, call| {
        let id = SubcategoryId(call.uuid("id")?);
        call.require_match(|| {
            Reply::ok(&SubcategoryView::from(&categories::get_subcategory(tx, id).map_err(missing)?))
        })?;
        let form = call.form()?;
        let subcategory = categories::get_subcategory(tx, id).map_err(missing)?;
        let changes = SubcategoryChanges::read(&form, tx)?;
        let subcategory = categories::update_subcategory(tx, subcategory, changes)?;
        Ok(Reply::accepted(&SubcategoryView::from(&subcategory))?.with_tag())
    })
    .await
}
