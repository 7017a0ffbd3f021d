//! Removes an expense or an income.

use crate::{EntryId, LedgerError, LedgerRepository, Side};
use kernel::UserId;

/// Removes the owner's entry with this identifier.
///
/// # Errors
/// `NotYours` for a missing entry and for somebody else's, `Store`.
pub fn delete_entry<R>(repo: &mut R, side: Side, owner: UserId, id: EntryId) -> Result<(), LedgerError>
where
    R: LedgerRepository + ?Sized,
{
    if repo.delete_entry(side, owner, id)? { Ok(()) } else { Err(LedgerError::NotYours) }
}
