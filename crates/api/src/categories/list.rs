//! `GET /api/management/category/`: the categories.

use super::view::{CategoryQuery, CategoryView};
use crate::openapi::Refusals;
use crate::{Answer, Call, Reply};
use users::Role;

/// The categories, oldest insertion first.
#[utoipa::path(
    get,
    path = "/api/management/category/",
    operation_id = "list_categories",
    tag = "Categories",
    params(CategoryQuery),
    responses(
        (status = 200, description = "The categories.", body = Vec<CategoryView>),
        Refusals
    )
)]
pub(crate) async fn list(call: Call) -> Answer {
    call.read(Role::User, |tx, _, call| {
        let categories = categories::list_categories(tx, call.query())?;
        Reply::ok(&categories.iter().map(CategoryView::from).collect::<Vec<_>>())
    })
    .await
}
