//! Blocks or activates an account.

use super::change_user::{is_agent, keep_a_superuser};
use crate::{AccountError, rights};
use audit::{Action, TrailEntry, TrailRepository};
use auth::Caller;
use chat::{ChatRepository, HandedOver, hand_over_chats};
use kernel::{Field, FieldShape, Fields, Form, Instant, describe};
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

const IS_ACTIVE: Field<bool> =
    Field::new("is_active", "True lets in, also out of a lock; false, or nothing, blocks.").example("false");

/// What becomes of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocking {
    /// It is shut out.
    Block,
    /// It is let in, also out of a lock.
    Activate,
}

impl Blocking {
    /// Reads the `is_active` of a form: true activates; false, or nothing, blocks.
    ///
    /// # Errors
    /// `Fields`.
    pub fn read(form: &Form) -> Result<Self, AccountError> {
        let mut fields = form.fields();
        let blocking = Self::read_fields(&mut fields);
        fields.finish()?;
        Ok(blocking)
    }

    /// The fields of the form.
    pub fn fields() -> Vec<FieldShape> {
        describe(Self::read_fields)
    }

    fn read_fields(fields: &mut Fields<'_>) -> Self {
        if fields.optional(&IS_ACTIVE).unwrap_or(false) { Self::Activate } else { Self::Block }
    }
}

/// Activates the account or blocks it.
///
/// Activating also ends a lock; blocking ends every session. `target` was read in the same transaction by
/// [`get_managed_user`](crate::get_managed_user).
///
/// # Errors
/// `Forbidden` for blocking oneself or the last superuser, `Store`.
pub fn block_user<R>(
    repo: &mut R,
    caller: &Caller,
    target: &User,
    blocking: Blocking,
    now: Instant,
) -> Result<ActivationChange, AccountError>
where
    R: UserRepository + ChatRepository + TrailRepository + ?Sized,
{
    let is_active = blocking == Blocking::Activate;
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
