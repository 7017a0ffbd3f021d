//! Blocks or activates an account.

use super::change_user::{is_agent, keep_a_superuser};
use crate::{AccountError, rights};
use audit::{Action, TrailEntry, TrailRepository};
use auth::Caller;
use chat::{ChatRepository, HandedOver, hand_over_chats};
use kernel::{Form, Instant, Raw};
use users::{User, UserRepository};

/// An account that was blocked or activated, and what follows from it.
#[derive(Debug, Clone)]
pub struct ActivationChange {
    /// The user as it stands now.
    pub user: User,
    /// Whether it is active now.
    pub is_active: bool,
    /// Chats that it no longer answers.
    pub handed_over: Vec<HandedOver>,
}

/// Activates the account when the form's `is_active` is true, blocks it when it is false or absent.
///
/// Activating also ends a lock; blocking ends every session. `target` was read in the same transaction by
/// [`get_managed_user`](crate::get_managed_user).
///
/// # Errors
/// `Fields`, `Forbidden` for blocking oneself or the last superuser, `Store`.
pub fn block_user<R>(
    repo: &mut R,
    caller: &Caller,
    target: &User,
    form: &Form,
    now: Instant,
) -> Result<ActivationChange, AccountError>
where
    R: UserRepository + ChatRepository + TrailRepository + ?Sized,
{
    let mut fields = form.fields();
    let is_active = fields.optional_by("is_active", Raw::as_bool).unwrap_or(false);
    fields.finish()?;
    let mut user = target.clone();
    let (action, handed_over) = if is_active {
        user.activate(now);
        repo.update_user(&user)?;
        (Action::UserActivated, Vec::new())
    } else {
        rights::refuse_self(caller, target.id)?;
        keep_a_superuser(repo, target)?;
        user.block();
        repo.update_user(&user)?;
        let handed_over = if is_agent(target) { hand_over_chats(repo, target.id, now)? } else { Vec::new() };
        (Action::UserBlocked, handed_over)
    };
    repo.append_trail(&TrailEntry {
        at: now,
        actor: Some(caller.id),
        action,
        subject: user.id,
        details: String::new(),
    })?;
    Ok(ActivationChange { user, is_active, handed_over })
}
