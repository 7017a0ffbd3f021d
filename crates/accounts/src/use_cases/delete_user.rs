//! Deletes an account, with all that is its own in every domain.

use super::change_user::keep_a_superuser;
use crate::{AccountError, rights};
use audit::{Action, LoginLogRepository, TrailEntry, TrailRepository};
use auth::Caller;
use chat::{ChatId, ChatRepository, HandedOver, remove_member};
use idempotency::ResponseRepository;
use kernel::Instant;
use ledger::LedgerRepository;
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
/// Every port that keeps something of a user is asked here, in one transaction, and nowhere else. The databases' foreign
/// keys would remove the rows as well, but they are only a net beneath: nothing is left to them, so that every store
/// removes the same. A domain that begins to keep something of users adds its line here.
///
/// # Errors
/// `Forbidden` for deleting oneself or the last superuser, `Store`.
pub fn delete_user<R>(repo: &mut R, caller: &Caller, target: &User, now: Instant) -> Result<DeletedUser, AccountError>
where
    R: ResponseRepository
        + ChatRepository
        + LedgerRepository
        + LoginLogRepository
        + TrailRepository
        + UserRepository
        + ?Sized,
{
    let user = target.id;
    rights::refuse_self(caller, user)?;
    keep_a_superuser(repo, target)?;

    // Support chat: other administrators answer its chats; its own chat and its messages go.
    let chats = remove_member(repo, user, now)?;
    // Ledger: its expenses and incomes. Categories are everybody's, and stay.
    repo.delete_entries_of(user)?;
    // Answers that are kept for its `Idempotency-Key`s.
    repo.delete_responses_of(user)?;
    // Its login logs.
    repo.delete_login_logs_of(user)?;
    // The account goes last, because all of the above refers to it. Its tokens die with it: each request looks for
    // their user. Sessions that were logged out are kept until their tokens expire, so that those are still answered
    // as logged out.
    repo.delete_user(user)?;
    // The trail stays, and outlives the users that it names.
    repo.append_trail(&TrailEntry {
        at: now,
        actor: Some(caller.id),
        action: Action::UserDeleted,
        subject: user,
        details: target.details.email.as_str().to_owned(),
    })?;
    Ok(DeletedUser { handed_over: chats.handed_over, closed: chats.closed })
}
