//! `GET /api/management/subcategory/`: the subcategories.

use super::view::{SubcategoryQuery, SubcategoryView};
use crate::openapi::{IfNoneMatch, NotModified, Refusals};
use crate::{Answer, Call, Reply};
use users::Role;

/// The subcategories, oldest insertion first.
#[utoipa::path(
    get,
    path = "/api/management/subcategory/",
    operation_id = "list_subcategories",
    tag = "Subcategories",
    params(SubcategoryQuery, IfNoneMatch),
    responses(
        (status = 200, description = "The subcategories.", body = Vec<SubcategoryView>, headers(("ETag" = String, description = "Names this representation."))),
        NotModified,
        (status = 400, description = "The filter is no uuid.", body = crate::openapi::Detail,
            example = json!({"detail": "An error occurred while retrieving the data."})),
        Refusals
    )
)]
pub(crate) async fn list(call: Call) -> Answer {
    call.read(Role::User, |tx, _, call| {
        let subcategories = categories::list_subcategories(tx, call.query())?;
        call.unless_known(Reply::ok(&subcategories.iter().map(SubcategoryView::from).collect::<Vec<_>>())?)
    })
    .await
}
