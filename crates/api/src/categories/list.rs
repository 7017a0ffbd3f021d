//! `GET /api/management/category/`: the categories.

use super::view::{CategoryQuery, CategoryView};
use crate::openapi::{IfNoneMatch, NotModified, Refusals};
use crate::paging::PageQuery;
use crate::{Answer, Call};
use kernel::Page;
use users::Role;

/// The categories, oldest insertion first.
#[utoipa::path(
    get,
    path = "/api/management/category/",
    operation_id = "list_categories",
    tag = "Categories",
    params(CategoryQuery, PageQuery, IfNoneMatch),
    responses(
        (status = 200, description = "The categories.", body = Vec<CategoryView>, headers(("ETag" = String, description = "Names this representation."), ("Link" = String, description = "With a `limit`: the address of the next part, as `rel=\"next\"`; absent on the last one."))),
        NotModified,
        (status = 400, description = "The limit or the cursor cannot be read.",
            example = json!({"limit": ["A whole number from 1 to 1000 is required."]})),
        Refusals
    )
)]
pub(crate) async fn list(call: Call) -> Answer {
    call.read(Role::User, |tx, caller, call| {
        let page = match call.wanted_page("categories", caller)? {
            None => Page::whole(categories::list_categories(tx, call.query())?),
            Some(wanted) => categories::page_categories(tx, call.query(), wanted)?,
        };
        call.unless_known(call.page("categories", caller, &page, CategoryView::from)?)
    })
    .await
}
