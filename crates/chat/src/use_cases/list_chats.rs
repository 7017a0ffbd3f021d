//! Lists an administrator's chats.

use crate::{Chat, ChatError, ChatRepository};
use kernel::UserId;

/// The chats that `admin` answers, in the order of opening; the first `limit` of them when there are more.
///
/// # Errors
/// `NoChats` when there is none, `Store`.
pub fn list_chats<R>(repo: &mut R, admin: UserId, limit: u32) -> Result<Vec<Chat>, ChatError>
where
    R: ChatRepository + ?Sized,
{
    let chats = repo.list_chats_of_admin(admin, limit)?;
    if chats.is_empty() { Err(ChatError::NoChats) } else { Ok(chats) }
}
