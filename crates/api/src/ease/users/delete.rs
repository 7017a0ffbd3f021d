//! `DELETE /api/superadmin/user/<int>/`: deletes a user.

use super::announce;
use super::view::UserView;
use http::openapi::Detail;
use http::{Answer, Call, Reply};
use kernel::UserId;

/// Deletes a user with its expenses, incomes, login logs, chats and messages.
///
/// Chats that it answers are handed to other administrators. Superusers may delete everybody but themselves, staff may
/// delete plain users.
#[utoipa::path(
    delete,
    path = "/api/superadmin/user/{id}/",
    operation_id = "delete_user",
    tag = "Users",
    params(("id" = i64, Path, description = "The user.")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 404, description = "There is none.", body = Detail, example = json!({"detail": "Not found."}))
    )
)]
pub(crate) async fn delete(call: Call) -> Answer {
    call.write(|tx, caller, call| {
        let target = accounts::get_managed_user(tx, caller, UserId(call.number("id")?))?;
        call.require_match(|| Reply::ok(&UserView::new(&target, call.now())))?;
        let deleted = accounts::delete_user(tx, caller, &target, call.now())?;
        // Told first, so that its own sockets learn that the login is over rather than that a chat went elsewhere.
        Ok(Reply::no_content()
            .telling([announce::sessions_ended(target.id)])
            .telling(announce::chats_handed_over(&deleted.handed_over))
            .telling(announce::chats_closed(&deleted.closed)))
    })
    .await
}
