//! Closes a chat.

use crate::{ChatError, ChatId, ChatRepository};

/// Closes a chat: it and its messages are gone. Who may is for the caller to check.
///
/// # Errors
/// `ChatNotFound`, `Store`.
pub fn close_chat<R: ChatRepository + ?Sized>(repo: &mut R, id: ChatId) -> Result<(), ChatError> {
    if repo.delete_chat(id)? { Ok(()) } else { Err(ChatError::ChatNotFound) }
}
