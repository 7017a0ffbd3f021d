//! Lets a member into its chat.

use crate::{Chat, ChatError, ChatId, ChatRepository, get_chat};
use kernel::UserId;

/// The chat, if the user is its customer or its administrator.
///
/// # Errors
/// `ChatNotFound`, `NotAMember`, `Store`.
pub fn enter_chat<R: ChatRepository + ?Sized>(repo: &mut R, id: ChatId, user: UserId) -> Result<Chat, ChatError> {
    let chat = get_chat(repo, id)?;
    if chat.has_member(user) { Ok(chat) } else { Err(ChatError::NotAMember) }
}
