//! `GET /api/management/subcategory/<uuid>/`: one subcategory.

use super::view::SubcategoryView;
use http::openapi::{IfNoneMatch, NotModified, Refusals};
use http::{Answer, Call, Reply};
use kernel::SubcategoryId;
use users::Role;

/// One subcategory.
#[utoipa::path(
    get,
    path = "/api/management/subcategory/{id}/",
    operation_id = "get_subcategory",
    tag = "Subcategories",
    params(("id" = String, Path, format = "uuid", description = "The subcategory."), IfNoneMatch),
    responses(
        (status = 200, description = "The subcategory.", body = SubcategoryView, headers(("ETag" = String, description = "Names this representation."))),
        NotModified,
        (status = 404, description = "There is none.", body = http::openapi::Detail,
            example = json!({"detail": "Income not found."})),
        Refusals
    )
)]
pub(crate) async fn get(call: Call) -> Answer {
    call.read(Role::User, |tx, _, call| {
        let subcategory = categories::get_subcategory(tx, SubcategoryId(call.uuid("id")?))?;
        call.unless_known(Reply::ok(&SubcategoryView::from(&subcategory))?)
    })
    .await
}
