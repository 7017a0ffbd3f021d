//! `POST /api/management/category/`: adds a category.

use super::view::{CategoryBody, CategoryView};
use http::openapi::{BodyRefusals, IdempotencyKey};
use http::{Answer, Call, Reply};
use users::Role;

/// Adds a category.
#[utoipa::path(
    post,
    path = "/api/management/category/",
    operation_id = "create_category",
    tag = "Categories",
    params(IdempotencyKey),
    request_body = CategoryBody,
    responses((status = 202, description = "The new category.", body = CategoryView, headers(("ETag" = String, description = "Names this representation."))), BodyRefusals)
)]
pub(crate) async fn create(call: Call) -> Answer {
    call.create(Role::Staff, |tx, _, call| {
        let category = categories::create_category(tx, call.shell().ids.as_ref(), &call.form()?)?;
        Ok(Reply::accepted(&CategoryView::from(&category))?.with_tag())
    })
    .await
}
