//! `GET /api/users/loginLog/`: the caller's own login logs.

use super::view::LoginLogView;
use crate::entries::PeriodQuery;
use crate::openapi::{Detail, Refusals};
use crate::paging::PageQuery;
use crate::{Answer, Call};
use kernel::Page;
use users::Role;

/// The caller's own login logs, oldest first. Staff and superusers may.
#[utoipa::path(
    get,
    path = "/api/users/loginLog/",
    operation_id = "list_login_logs",
    tag = "Login logs",
    params(PeriodQuery, PageQuery),
    responses(
        (status = 200, description = "The logs.", body = Vec<LoginLogView>, headers(("Link" = String, description = "With a `limit`: the address of the next part, as `rel=\"next\"`; absent on the last one."))),
        (status = 400, description = "A filter cannot be read, or is reversed.", body = Detail,
            example = json!({"detail": "Start date cannot be after end date."})),
        Refusals
    )
)]
pub(crate) async fn list(call: Call) -> Answer {
    call.read(Role::Staff, |tx, caller, call| {
        let (query, today) = (call.query(), call.now().date());
        let page = match call.wanted_page("login logs", caller)? {
            None => Page::whole(auth::list_login_logs(tx, caller, query, today)?),
            Some(wanted) => auth::page_login_logs(tx, caller, query, today, wanted)?,
        };
        call.page("login logs", caller, &page, LoginLogView::from)
    })
    .await
}
