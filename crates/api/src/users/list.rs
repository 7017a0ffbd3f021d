//! `GET /api/superadmin/user/`: users.

use super::view::{UserQuery, UserView};
use crate::openapi::{Detail, Refusals};
use crate::paging::PageQuery;
use crate::{Answer, Call};
use kernel::Page;
use users::Role;

/// Users by number, the caller too. Staff and superusers may.
#[utoipa::path(
    get,
    path = "/api/superadmin/user/",
    operation_id = "list_users",
    tag = "Users",
    params(UserQuery, PageQuery),
    responses(
        (status = 200, description = "The users.", body = Vec<UserView>, headers(("Link" = String, description = "With a `limit`: the address of the next part, as `rel=\"next\"`; absent on the last one."))),
        (status = 400, description = "A date cannot be read, or the dates are reversed.", body = Detail,
            example = json!({"detail": "The data provided is not valid."})),
        Refusals
    )
)]
pub(crate) async fn list(call: Call) -> Answer {
    call.read(Role::Staff, |tx, caller, call| {
        let page = match call.wanted_page("users", caller)? {
            None => Page::whole(auth::list_users(tx, call.query(), call.now())?),
            Some(wanted) => auth::page_users(tx, call.query(), call.now(), wanted)?,
        };
        call.page("users", caller, &page, |user| UserView::new(user, call.now()))
    })
    .await
}
