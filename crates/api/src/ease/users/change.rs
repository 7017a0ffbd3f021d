//! `PUT /api/superadmin/user/<int>/`: changes a user.

use super::announce;
use super::view::{UserChangesBody, UserView};
use accounts::UserChanges;
use http::openapi::Detail;
use http::{Answer, Call, Reply};
use kernel::UserId;
use serde_json::json;

/// Changes whatever the body holds. Superusers may change everybody, staff may change plain users.
///
/// Whatever is wrong with the body is 400 with `Error updating user <email> ...`. Nobody takes away its own power.
#[utoipa::path(
    put,
    path = "/api/superadmin/user/{id}/",
    operation_id = "change_user",
    tag = "Users",
    params(("id" = i64, Path, description = "The user.")),
    request_body = UserChangesBody,
    responses(
        (status = 200, description = "The user was changed.", body = Detail,
            example = json!({"detail": "User bob@example.org updated successfully"})),
        (status = 404, description = "There is none.", body = Detail, example = json!({"detail": "Not found."}))
    )
)]
pub(crate) async fn change(call: Call) -> Answer {
    call.write(|tx, caller, call| {
        let target = accounts::get_managed_user(tx, caller, UserId(call.number("id")?))?;
        call.require_match(|| Reply::ok(&UserView::new(&target, call.now())))?;
        let wanted = UserChanges::read(&target, &call.form()?)?;
        let changed = accounts::change_user(tx, caller, &target, wanted, call.now())?;
        // Told first, so that its own sockets learn that the login is over rather than that a chat went elsewhere.
        let ended = changed.sessions_ended.then(|| announce::sessions_ended(changed.user.id));
        let events = ended.into_iter().chain(announce::chats_handed_over(&changed.handed_over));
        let sentence = format!("User {} updated successfully", changed.user.details.email);
        Ok(Reply::ok(&json!({ "detail": sentence }))?.telling(events))
    })
    .await
}
