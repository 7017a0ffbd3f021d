//! `GET /api/management/category/`: the categories.

use super::view::{CategoryQuery, CategoryView};
use crate::openapi::{IfNoneMatch, NotModified, Refusals};
use crate::{Answer, Call, Reply};
use users::Role;

/// The categories, oldest insertion first.
#[utoipa::path(
    get,
    path = "/api/management/category/",
    operation_id = "list_categories",
    tag = "Categories",
    params(CategoryQuery, IfNoneMatch),
    responses(
        (status = 200, description = "The categories.", body = Vec<CategoryView>, headers(("ETag" = String, description = "Names this representation."))),
        NotModified,
        Refusals
    )
)]
pub(crate) async fn list(call: Call) -> Answer {
    call.read(Role::User, |tx, _, call| {
        let categories = categories::list_categories(tx, call.query())?;
        call.unless_known(Reply::ok(&categories.iter().map(CategoryView::from).collect::<Vec<_>>())?)
    })
    .await
}
