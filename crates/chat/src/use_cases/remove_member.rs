//! Takes a user out of the support chats for good, because its account is deleted.

use crate::{ChatError, ChatId, ChatRepository, HandedOver, hand_over_chats};
use kernel::{Instant, UserId};

/// What became of the chats of a user that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedMember {
    /// Its chats as administrator that others answer now.
    pub handed_over: Vec<HandedOver>,
    /// Chats that are gone: its own, and those that nobody else could take.
    pub closed: Vec<ChatId>,
}

/// Hands the user's chats as administrator over. Then removes its own chat, the chats that nobody else can take, and
/// its messages everywhere.
///
/// # Errors
/// `Store`.
pub fn remove_member<R>(repo: &mut R, user: UserId, now: Instant) -> Result<RemovedMember, ChatError>
where
    R: ChatRepository + ?Sized,
{
    let handed_over = hand_over_chats(repo, user, now)?;
    let own = repo.find_chat_of_customer(user)?;
    let orphaned = repo.list_chats_of_admin(user, u32::MAX)?;
    let closed = own.iter().chain(&orphaned).map(|chat| chat.id).collect();
    repo.delete_member(user)?;
    Ok(RemovedMember { handed_over, closed })
}
