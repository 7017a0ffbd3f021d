//! `POST /api/management/category/`: adds a category.

use super::view::{CategoryBody, CategoryView};
use categories::CategoryDraft;
use http::{Answer, Call, Reply};

/// Adds a category.
#[utoipa::path(
    post,
    path = "/api/management/category/",
    operation_id = "create_category",
    tag = "Categories",
    request_body = CategoryBody,
    responses((status = 202, description = "The new category.", body = CategoryView, headers(("ETag" = String, description = "Names this representation."))))
)]
pub(crate) async fn create(call: Call) -> Answer {
    call.create(|tx, _, call| {
        let draft = CategoryDraft::read(&call.form()?)?;
        let category = categories::create_category(tx, call.state().ids.as_ref(), draft)?;
        Ok(Reply::accepted(&CategoryView::from(&category))?.with_tag())
    })
    .await
}
