//! `PUT /api/superadmin/user/block/<int>/`: blocks or activates a user.

use super::announce;
use super::view::{BlockBody, UserView};
use accounts::Blocking;
use http::openapi::Detail;
use http::{Answer, Call, Reply};
use kernel::UserId;
use serde_json::json;

/// Blocks or activates a user. Superusers may block everybody but themselves, staff may block plain users.
#[utoipa::path(
    put,
    path = "/api/superadmin/user/block/{id}/",
    operation_id = "block_user",
    tag = "Users",
    params(("id" = i64, Path, description = "The user.")),
    request_body = BlockBody,
    responses(
        (status = 202, description = "The user was blocked or activated.", body = Detail,
            example = json!({"detail": "bob@example.org updated successfully to False"})),
        (status = 404, description = "There is none.", body = Detail, example = json!({"detail": "Not found."}))
    )
)]
pub(crate) async fn block(call: Call) -> Answer {
    call.write(|tx, caller, call| {
        let target = accounts::get_managed_user(tx, caller, UserId(call.number("id")?))?;
        call.require_match(|| Reply::ok(&UserView::new(&target, call.now())))?;
        let blocking = Blocking::read(&call.form()?)?;
        let blocked = accounts::block_user(tx, caller, &target, blocking, call.now())?;
        // Told first, so that its own sockets learn that the login is over rather than that a chat went elsewhere.
        let ended = (!blocked.is_active).then(|| announce::sessions_ended(blocked.user.id));
        let told = ended.into_iter().chain(announce::chats_handed_over(&blocked.handed_over));
        let written = if blocked.is_active { "True" } else { "False" };
        let sentence = format!("{} updated successfully to {written}", blocked.user.details.email);
        Ok(Reply::accepted(&json!({ "detail": sentence }))?.telling(told))
    })
    .await
}
