//! `POST /api/management/subcategory/`: adds a subcategory.

use super::view::{SubcategoryBody, SubcategoryView};
use categories::SubcategoryDraft;
use http::{Answer, Call, Reply};

/// Adds a subcategory.
#[utoipa::path(
    post,
    path = "/api/management/subcategory/",
    operation_id = "create_subcategory",
    tag = "Subcategories",
    request_body = SubcategoryBody,
    responses((status = 202, description = "The new subcategory.", body = SubcategoryView, headers(("ETag" = String, description = "Names this representation."))))
)]
pub(crate) async fn create(call: Call) -> Answer {
    call.create(|tx, _, call| {
        let draft = SubcategoryDraft::read(&call.form()?, tx)?;
        let subcategory = categories::create_subcategory(tx, call.state().ids.as_ref(), draft)?;
        Ok(Reply::accepted(&SubcategoryView::from(&subcategory))?.with_tag())
    })
    .await
}
