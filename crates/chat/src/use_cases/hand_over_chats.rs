//! Gives an administrator's chats to others, because it will no longer answer.

use crate::{ChatError, ChatId, ChatRepository};
use kernel::{Instant, UserId};

/// A chat that changed hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandedOver {
    /// The chat.
    pub chat: ChatId,
    /// Who answered it.
    pub from: UserId,
    /// Who answers it now.
    pub to: UserId,
}

/// Gives each chat of `admin` to the agent with the fewest. A chat that nobody else can take stays.
///
/// # Errors
/// `Store`.
pub fn hand_over_chats<R>(repo: &mut R, admin: UserId, now: Instant) -> Result<Vec<HandedOver>, ChatError>
where
    R: ChatRepository + ?Sized,
{
    let mut handed_over = Vec::new();
    for chat in repo.list_chats_of_admin(admin, u32::MAX)? {
        if let Some(to) = repo.find_free_agent(&[admin, chat.customer])? {
            repo.reassign_chat(chat.id, to, now)?;
            handed_over.push(HandedOver { chat: chat.id, from: admin, to });
        }
    }
    Ok(handed_over)
}
