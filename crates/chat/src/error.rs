//! What the support chat refuses.

use kernel::{Failure, Kind, StoreError};
use thiserror::Error;

/// A refusal of the support chat.
#[derive(Debug, Error)]
pub enum ChatError {
    /// Nobody can take the chat.
    #[error("no administrator is available")]
    NoAdminAvailable,
    /// The administrator has no chat.
    #[error("no chats of this administrator")]
    NoChats,
    /// There is no such chat.
    #[error("no such chat")]
    ChatNotFound,
    /// The caller is neither the chat's customer nor its administrator.
    #[error("not a member of the chat")]
    NotAMember,
    /// A frame that is no JSON object.
    #[error("the frame is not a JSON object")]
    NotAnObject,
    /// A frame without `message`, or with one that is no text.
    #[error("the message is missing or no text")]
    MessageNotText,
    /// A message without text.
    #[error("the message is empty")]
    MessageEmpty,
    /// A message that is too long.
    #[error("the message has more than {max} characters")]
    MessageTooLong {
        /// The most characters allowed.
        max: usize,
    },
    /// A message with the NUL character.
    #[error("the message holds a null character")]
    MessageHasNul,
    /// A `client_msg_id` that is no text of 1 to 64 characters.
    #[error("the client's message identifier is not valid")]
    BadClientMessageId,
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Failure for ChatError {
    fn kind(&self) -> Kind {
        match self {
            Self::NoAdminAvailable | Self::NoChats | Self::ChatNotFound => Kind::NotFound,
            Self::NotAMember => Kind::Forbidden,
            Self::NotAnObject
            | Self::MessageNotText
            | Self::MessageEmpty
            | Self::MessageTooLong { .. }
            | Self::MessageHasNul
            | Self::BadClientMessageId => Kind::Invalid,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoAdminAvailable => "chat.no_admin_available",
            Self::NoChats => "chat.no_chats",
            Self::ChatNotFound => "chat.chat_not_found",
            Self::NotAMember => "chat.not_a_member",
            Self::NotAnObject => "chat.not_an_object",
            Self::MessageNotText => "chat.message_not_text",
            Self::MessageEmpty => "chat.message_empty",
            Self::MessageTooLong { .. } => "chat.message_too_long",
            Self::MessageHasNul => "chat.message_has_nul",
            Self::BadClientMessageId => "chat.bad_client_message_id",
            Self::Store(error) => error.code(),
        }
    }

    fn retryable(&self) -> bool {
        matches!(self, Self::Store(error) if error.retryable())
    }
}
