//! `GET /api/users/loginLog/<uuid>/`: one login log.

use super::view::LoginLogView;
use audit::LoginLogId;
use http::openapi::Detail;
use http::{Answer, Call, Reply};

/// One login log: the caller's own, or that of a user whom the caller outranks.
#[utoipa::path(
    get,
    path = "/api/users/loginLog/{id}/",
    operation_id = "get_login_log",
    tag = "Login logs",
    params(("id" = String, Path, format = "uuid", description = "The log.")),
    responses(
        (status = 200, description = "The log.", body = LoginLogView, headers(("ETag" = String, description = "Names this representation."))),
        (status = 404, description = "There is none.", body = Detail, example = json!({"detail": "Log not found."}))
    )
)]
pub(crate) async fn get(call: Call) -> Answer {
    call.read(|tx, caller, call| {
        let log = accounts::get_login_log(tx, caller, LoginLogId(call.uuid("id")?))?;
        call.unless_known(Reply::ok(&LoginLogView::from(&log))?)
    })
    .await
}
