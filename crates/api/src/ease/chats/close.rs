//! `POST /api/chats/<uuid>/close/`: closes a chat.

use auth::roles;
use bus::Event;
use chat::{ChatId, close_chat, get_chat};
use http::openapi::Detail;
use http::{Answer, Call, Reply};
use serde::Serialize;
use utoipa::ToSchema;

/// A chat that is gone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClosedChatView {
    /// What happened.
    #[schema(example = "chat 0f5b6c1e-7f0a-4a5e-9a55-0d1f6a3f6f10 closed")]
    message: String,
}

/// Closes a support chat.
///
/// The chat and its messages are gone, its sockets are closed with 4005, and the customer's next chat is a new one. The
/// chat's administrator and superusers may. The body is ignored.
#[utoipa::path(
    post,
    path = "/api/chats/{id}/close/",
    operation_id = "close_chat",
    tag = "Support chat",
    params(("id" = String, Path, format = "uuid", description = "The chat.")),
    responses(
        (status = 202, description = "The chat is closed.", body = ClosedChatView),
        (status = 404, description = "There is no such chat.", body = Detail, example = json!({ "detail": "Not found." }))
    )
)]
pub(crate) async fn close(call: Call) -> Answer {
    call.write(|tx, caller, call| {
        let chat = get_chat(tx, ChatId(call.uuid("id")?))?;
        roles::require_charge(caller, chat.admin)?;
        close_chat(tx, chat.id)?;
        let view = ClosedChatView { message: format!("chat {} closed", chat.id) };
        Ok(Reply::accepted(&view)?.telling([Event::ChatClosed(chat.id)]))
    })
    .await
}
