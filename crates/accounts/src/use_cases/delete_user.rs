//! Deletes an account.

use super::change_user::keep_a_superuser;
use crate::{AccountError, rights};
use audit::{Action, TrailEntry, TrailRepository};
use auth::Caller;
use chat::{ChatId, ChatRepository, HandedOver, hand_over_chats};
use kernel::Instant;
use users::{User, UserRepository};

/// What follows from the deletion of an account.
#[derive(Debug, Clone)]
pub struct DeletedUser {
    /// Its chats as administrator that others answer now.
    pub handed_over: Vec<HandedOver>,
    /// Chats that are gone: its own, and those that nobody else could take.
    pub closed: Vec<ChatId>,
}

/// Deletes the account with all that is its own. `target` was read in the same transaction by
/// [`get_managed_user`](crate::get_managed_user).
///
/// # Errors
/// `Forbidden` for deleting oneself or the last superuser, `Store`.
pub fn delete_user<R>(repo: &mut R, caller: &Caller, target: &User, now: Instant) -> Result<DeletedUser, AccountError>
where
    R: UserRepository + ChatRepository + TrailRepository + ?Sized,
{
    rights::refuse_self(caller, target.id)?;
    keep_a_superuser(repo, target)?;
    let handed_over = hand_over_chats(repo, target.id, now)?;
    let own = repo.find_chat_of_customer(target.id)?;
    let orphaned = repo.list_chats_of_admin(target.id, u32::MAX)?;
    let closed = own.iter().chain(&orphaned).map(|chat| chat.id).collect();
    repo.delete_user(target.id)?;
    repo.append_trail(&TrailEntry {
        at: now,
        actor: Some(caller.id),
        action: Action::UserDeleted,
        subject: target.id,
        details: target.profile.email.as_str().to_owned(),
    })?;
    Ok(DeletedUser { handed_over, closed })
}
