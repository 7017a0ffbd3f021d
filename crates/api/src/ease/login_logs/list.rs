//! `GET /api/users/loginLog/`: the caller's own login logs.

use super::view::LoginLogView;
use crate::ease::entries::PeriodQuery;
use audit::{AuditError, LoginLog};
use http::lists::{List, Listing, array};
use http::openapi::Faults;
use http::paging::PageQuery;
use http::{Call, Problem};
use kernel::Period;

/// The caller's own login logs, oldest first. Staff and superusers may.
///
/// Without a `limit` the list is complete. One of more than 1000 rows is sent in chunks as the client takes them; when that
/// fails half-way, the connection ends without the end of the body.
#[utoipa::path(
    get,
    path = "/api/users/loginLog/",
    operation_id = "list_login_logs",
    tag = "Login logs",
    params(PeriodQuery, PageQuery),
    responses(
        (status = 200, description = "The logs.", body = Vec<LoginLogView>, headers(("Link" = String, description = "With a `limit`: the address of the next part, as `rel=\"next\"`; absent on the last one."))),
        (status = 400, description = "A filter cannot be read, or is reversed.", body = Faults,
            example = json!({"detail": "Start date cannot be after end date."}))
    )
)]
pub(crate) async fn list(call: Call) -> Result<Listing, Problem> {
    call.list(&LOGIN_LOGS).await
}

/// The period that the query asks for.
fn period(call: &Call) -> Result<Period, AuditError> {
    Ok(Period::read(call.query(), call.now().date())?)
}

static LOGIN_LOGS: List<LoginLog> = List {
    name: "login logs",
    beginning: |tx, caller, call, limit| Ok(accounts::list_login_logs(tx, caller, &period(call)?, limit)?),
    part: |tx, caller, call, wanted| Ok(accounts::page_login_logs(tx, caller, &period(call)?, wanted)?),
    written: |_, rows| array(rows, LoginLogView::from),
    finish: |_, reply| Ok(reply),
};
