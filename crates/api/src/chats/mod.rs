//! `/api/chats/`: the support chat over HTTP; what is said travels over the socket.

pub mod close;
pub mod list;
pub mod open;

use chat::Chat;
use serde::Serialize;
use utoipa::ToSchema;

/// A chat as administrators see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatView {
    /// The chat's identifier.
    #[schema(format = Uuid, example = "0f5b6c1e-7f0a-4a5e-9a55-0d1f6a3f6f10")]
    id: String,
    /// Always true: a closed chat is gone.
    #[schema(example = true)]
    is_active: bool,
    /// When it was opened.
    #[schema(example = "2026-11-20T23:04:20.827822Z")]
    created_at: String,
    /// Who asks.
    #[schema(example = 3)]
    customer: i64,
    /// Who answers.
    #[schema(example = 2)]
    admin: i64,
}

impl From<&Chat> for ChatView {
    fn from(chat: &Chat) -> Self {
        Self {
            id: chat.id.to_string(),
            is_active: true,
            created_at: chat.created_at.as_datetime().format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string(),
            customer: chat.customer.0,
            admin: chat.admin.0,
        }
    }
}
