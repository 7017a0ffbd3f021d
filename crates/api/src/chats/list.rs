//! `GET /api/chats/chat/`

use super::ChatView;
use crate::{Answer, Call, Reply};
use chat::list_chats;
use users::Role;

/// Lists the chats that the caller answers
///
/// Oldest first.
#[utoipa::path(
    get,
    path = "/api/chats/chat/",
    tag = "chat",
    security(("token" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "The caller's chats.", body = [ChatView]),
        (status = 401, description = "No valid credentials."),
        (status = 403, description = "Neither staff nor superuser."),
        (status = 404, description = "None at all: `No chat sessions found for the user.`"),
    ),
)]
pub async fn list(call: Call) -> Answer {
    call.read(Role::Staff, |tx, caller, _| {
        let chats = list_chats(tx, caller.id)?;
        Reply::ok(&chats.iter().map(ChatView::from).collect::<Vec<_>>())
    })
    .await
}
