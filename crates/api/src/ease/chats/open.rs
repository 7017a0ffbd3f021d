//! `POST /api/chats/get-or-create/`: gets or opens the caller's chat.

use bus::Event;
use chat::{HandedOver, open_chat};
use http::openapi::Detail;
use http::{Answer, Call, Reply};
use serde::Serialize;
use utoipa::ToSchema;

/// The caller's chat.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenedChatView {
    /// The chat's identifier, for the socket's path.
    #[schema(format = "uuid", example = "0f5b6c1e-7f0a-4a5e-9a55-0d1f6a3f6f10")]
    chat_id: String,
}

/// Gets the caller's support chat, or opens one.
///
/// A customer has one open chat. A new one goes to the active administrator with the fewest chats, never to the caller
/// itself; one whose administrator may no longer answer is handed to another. The body is ignored.
#[utoipa::path(
    post,
    path = "/api/chats/get-or-create/",
    operation_id = "open_chat",
    tag = "Support chat",
    responses(
        (status = 200, description = "The chat, new or not.", body = OpenedChatView),
        (
            status = 404,
            description = "No administrator can take a chat.",
            body = Detail,
            example = json!({ "detail": "No admins available" })
        )
    )
)]
pub(crate) async fn open(call: Call) -> Answer {
    call.create(|tx, caller, call| {
        let opened = open_chat(tx, &*call.state().ids, call.now(), caller.id)?;
        let told = opened.handed_over.map(|HandedOver { chat, from, .. }| Event::ChatHandedOver { chat, from });
        Ok(Reply::ok(&OpenedChatView { chat_id: opened.chat.id.to_string() })?.telling(told))
    })
    .await
}
