//! `PUT /api/users/loginLog/<uuid>/`: corrects a login log.

use super::view::{CorrectionBody, LoginLogView};
use audit::{LogCorrection, LoginLogId};
use http::openapi::Detail;
use http::{Answer, Call, Reply};

/// Corrects what a login log says; whose it is stays. Whatever is wrong with the body is 400 with
/// `The data provided is not valid.`
#[utoipa::path(
    put,
    path = "/api/users/loginLog/{id}/",
    operation_id = "correct_login_log",
    tag = "Login logs",
    params(("id" = String, Path, format = "uuid", description = "The log.")),
    request_body = CorrectionBody,
    responses(
        (status = 200, description = "The log as it is now.", body = LoginLogView, headers(("ETag" = String, description = "Names this representation."))),
        (status = 404, description = "There is none.", body = Detail, example = json!({"detail": "Log not found."}))
    )
)]
pub(crate) async fn correct(call: Call) -> Answer {
    call.write(|tx, caller, call| {
        let log = accounts::get_login_log(tx, caller, LoginLogId(call.uuid("id")?))?;
        call.require_match(|| Reply::ok(&LoginLogView::from(&log)))?;
        let correction = LogCorrection::read(&call.form()?)?;
        let log = accounts::correct_login_log(tx, caller, log, &correction, call.now())?;
        Ok(Reply::ok(&LoginLogView::from(&log))?.with_tag())
    })
    .await
}
