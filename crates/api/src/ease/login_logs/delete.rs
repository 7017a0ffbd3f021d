//! `DELETE /api/users/loginLog/<uuid>/`: removes a login log.

use super::view::LoginLogView;
use audit::LoginLogId;
use http::openapi::Detail;
use http::{Answer, Call, Problem, Reply};

/// Removes a login log: the caller's own, or that of a user whom the caller outranks.
#[utoipa::path(
    delete,
    path = "/api/users/loginLog/{id}/",
    operation_id = "delete_login_log",
    tag = "Login logs",
    params(("id" = String, Path, format = "uuid", description = "The log.")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 404, description = "There is none.", body = Detail, example = json!({"detail": "Log not found"}))
    )
)]
pub(crate) async fn delete(call: Call) -> Answer {
    call.write(|tx, caller, call| {
        let log = accounts::get_login_log(tx, caller, LoginLogId(call.uuid("id")?))
            .map_err(|error| Problem::from(error).reworded("audit.log_not_found", "Log not found"))?;
        call.require_match(|| Reply::ok(&LoginLogView::from(&log)))?;
        accounts::delete_login_log(tx, caller, &log, call.now())?;
        Ok(Reply::no_content())
    })
    .await
}
