//! `GET /api/management/subcategory/`: the subcategories.

use super::view::{SubcategoryQuery, SubcategoryView};
use crate::openapi::{IfNoneMatch, NotModified, Refusals};
use crate::paging::PageQuery;
use crate::{Answer, Call};
use kernel::Page;
use users::Role;

/// The subcategories, oldest insertion first.
#[utoipa::path(
    get,
    path = "/api/management/subcategory/",
    operation_id = "list_subcategories",
    tag = "Subcategories",
    params(SubcategoryQuery, PageQuery, IfNoneMatch),
    responses(
        (status = 200, description = "The subcategories.", body = Vec<SubcategoryView>, headers(("ETag" = String, description = "Names this representation."), ("Link" = String, description = "With a `limit`: the address of the next part, as `rel=\"next\"`; absent on the last one."))),
        NotModified,
        (status = 400, description = "The filter is no uuid.", body = crate::openapi::Detail,
            example = json!({"detail": "An error occurred while retrieving the data."})),
        Refusals
    )
)]
pub(crate) async fn list(call: Call) -> Answer {
    call.read(Role::User, |tx, caller, call| {
        let page = match call.wanted_page("subcategories", caller)? {
            None => Page::whole(categories::list_subcategories(tx, call.query())?),
            Some(wanted) => categories::page_subcategories(tx, call.query(), wanted)?,
        };
        call.unless_known(call.page("subcategories", caller, &page, SubcategoryView::from)?)
    })
    .await
}
