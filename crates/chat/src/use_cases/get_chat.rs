//! Reads one chat.

use crate::{Chat, ChatError, ChatId, ChatRepository};

/// The chat with this identifier.
///
/// # Errors
/// `ChatNotFound`, `Store`.
pub fn get_chat<R: ChatRepository + ?Sized>(repo: &mut R, id: ChatId) -> Result<Chat, ChatError> {
    repo.find_chat(id)?.ok_or(ChatError::ChatNotFound)
}
