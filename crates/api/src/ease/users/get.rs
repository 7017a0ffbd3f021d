//! `GET /api/superadmin/user/<int>/`: one user.

use super::view::UserView;
use http::openapi::Detail;
use http::{Answer, Call, Reply};
use kernel::UserId;

/// One user. Superusers may read everybody, staff may read plain users and the customers of its chats.
#[utoipa::path(
    get,
    path = "/api/superadmin/user/{id}/",
    operation_id = "get_user",
    tag = "Users",
    params(("id" = i64, Path, description = "The user.")),
    responses(
        (status = 200, description = "The user.", body = UserView, headers(("ETag" = String, description = "Names this representation."))),
        (status = 404, description = "There is none.", body = Detail, example = json!({"detail": "Not found."}))
    )
)]
pub(crate) async fn get(call: Call) -> Answer {
    call.read(|tx, caller, call| {
        let user = accounts::get_user(tx, caller, UserId(call.number("id")?))?;
        call.unless_known(Reply::ok(&UserView::new(&user, call.now()))?)
    })
    .await
}
