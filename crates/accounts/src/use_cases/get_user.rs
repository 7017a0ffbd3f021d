//! Reads one user for an administrator.

use crate::{AccountError, rights};
use auth::Caller;
use chat::ChatRepository;
use kernel::UserId;
use users::{Role, User, UserRepository};

/// The user, for a superuser; for staff if it is a plain user or the customer of one of its chats.
///
/// # Errors
/// `Forbidden` (for staff also when there is no such user), `UserMissing`, `Store`.
pub fn get_user<R>(repo: &mut R, caller: &Caller, id: UserId) -> Result<User, AccountError>
where
    R: UserRepository + ChatRepository + ?Sized,
{
    let user = existing(repo, caller, id)?;
    if rights::require_rank_over(caller, user.role()).is_ok() {
        return Ok(user);
    }
    match repo.find_chat_of_customer(id)? {
        Some(chat) if caller.role == Role::Staff && chat.admin == caller.id => Ok(user),
        _ => Err(AccountError::Forbidden),
    }
}

/// The user, for whoever may change it: a superuser anybody, staff plain users.
///
/// # Errors
/// `Forbidden` (for staff also when there is no such user), `UserMissing`, `Store`.
pub fn get_managed_user<R>(repo: &mut R, caller: &Caller, id: UserId) -> Result<User, AccountError>
where
    R: UserRepository + ?Sized,
{
    let user = existing(repo, caller, id)?;
    rights::require_rank_over(caller, user.role())?;
    Ok(user)
}

/// Only a superuser is told that somebody is not there.
fn existing<R: UserRepository + ?Sized>(repo: &mut R, caller: &Caller, id: UserId) -> Result<User, AccountError> {
    match repo.find_user(id)? {
        Some(user) => Ok(user),
        None if caller.role == Role::Superuser => Err(AccountError::UserMissing),
        None => Err(AccountError::Forbidden),
    }
}
