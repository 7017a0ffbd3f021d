//! `GET /api/chats/chat/`: lists the caller's chats.

use super::view::ChatView;
use crate::openapi::{Detail, Refusals};
use crate::{Answer, Call, Reply};
use chat::list_chats;
use users::Role;

/// Lists the chats that the caller answers, oldest first.
#[utoipa::path(
    get,
    path = "/api/chats/chat/",
    operation_id = "list_chats",
    tag = "Support chat",
    responses(
        (status = 200, description = "The caller's chats.", body = [ChatView]),
        (
            status = 404,
            description = "The caller answers no chat.",
            body = Detail,
            example = json!({ "detail": "No chat sessions found for the user." })
        ),
        Refusals
    )
)]
pub(crate) async fn list(call: Call) -> Answer {
    call.read(Role::Staff, |tx, caller, _| {
        let chats = list_chats(tx, caller.id)?;
        Reply::ok(&chats.iter().map(ChatView::from).collect::<Vec<_>>())
    })
    .await
}
