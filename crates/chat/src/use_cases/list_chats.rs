//! Lists an administrator's chats.

use crate::{Chat, ChatError, ChatRepository};
use kernel::UserId;

/// The chats that `admin` answers, oldest first.
///
/// # Errors
/// `NoChats` when there is none, `Store`.
pub fn list_chats<R: ChatRepository + ?Sized>(repo: &mut R, admin: UserId) -> Result<Vec<Chat>, ChatError> {
    let chats = repo.list_chats_of_admin(admin)?;
    if chats.is_empty() { Err(ChatError::NoChats) } else { Ok(chats) }
}
