//! `GET /api/users/logout/`: ends the caller's login.

use super::Message;
use bus::Event;
use http::openapi::Refusals;
use http::{Answer, Call, Reply};
use users::Role;

/// Ends the caller's login: all its tokens are dead, and its sockets are closed.
#[utoipa::path(
    get,
    path = "/api/users/logout/",
    operation_id = "logout",
    tag = "Accounts",
    responses(
        (status = 200, description = "The login is over.", body = Message,
            example = json!({"message": "Logout successful."})),
        Refusals
    )
)]
pub(crate) async fn logout(call: Call) -> Answer {
    call.write_and_tell(Role::User, |tx, caller, call| {
        auth::logout(tx, caller, call.now())?;
        Ok(((), vec![Event::SessionEnded { user: caller.id, session: caller.session }]))
    })
    .await?;
    Reply::ok(&Message { message: "Logout successful." })
}
