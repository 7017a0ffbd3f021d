//! Chats as they travel.

use chat::Chat;
use http::wire::timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A chat as administrators see it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChatView {
    /// The chat's identifier.
    #[schema(format = "uuid", example = "0f5b6c1e-7f0a-4a5e-9a55-0d1f6a3f6f10")]
    id: String,
    /// Always true: a closed chat is gone.
    #[schema(example = true)]
    is_active: bool,
    /// When it was opened.
    #[schema(format = "date-time", example = "2026-11-20T23:04:20.827822Z")]
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
            created_at: timestamp(chat.created_at),
            customer: chat.customer.0,
            admin: chat.admin.0,
        }
    }
}
