//! `GET /api/users/logout/`: ends the caller's login.

use super::message::Message;
use bus::Event;
use http::{Answer, Call, Reply};

/// Ends the caller's login: all its tokens are dead, and its sockets are closed.
#[utoipa::path(
    get,
    path = "/api/users/logout/",
    operation_id = "logout",
    tag = "Accounts",
    responses(
        (status = 200, description = "The login is over.", body = Message,
            example = json!({"message": "Logout successful."}))
    )
)]
pub(crate) async fn logout(call: Call) -> Answer {
    call.write(|tx, caller, call| {
        auth::logout(tx, caller, call.now())?;
        let told = Event::SessionEnded { user: caller.id, session: caller.session };
        Ok(Reply::ok(&Message { message: "Logout successful." })?.telling([told]))
    })
    .await
}
