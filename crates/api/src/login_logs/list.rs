//! `GET /api/users/loginLog/`: the caller's own login logs.

use super::view::LoginLogView;
use crate::entries::PeriodQuery;
use crate::openapi::{Detail, Refusals};
use crate::{Answer, Call, Reply};
use users::Role;

/// The caller's own login logs, oldest first. Staff and superusers may.
#[utoipa::path(
    get,
    path = "/api/users/loginLog/",
    operation_id = "list_login_logs",
    tag = "Login logs",
    params(PeriodQuery),
    responses(
        (status = 200, description = "The logs.", body = Vec<LoginLogView>),
        (status = 400, description = "A filter cannot be read, or is reversed.", body = Detail,
            example = json!({"detail": "Start date cannot be after end date."})),
        Refusals
    )
)]
pub(crate) async fn list(call: Call) -> Answer {
    call.read(Role::Staff, |tx, caller, call| {
        let logs = auth::list_login_logs(tx, caller, call.query(), call.now().date())?;
        Reply::ok(&logs.iter().map(LoginLogView::from).collect::<Vec<_>>())
    })
    .await
}
