//! Reads one expense or income.

use crate::{Entry, EntryId, LedgerError, LedgerRepository, Side};
use kernel::UserId;

/// The owner's entry with this identifier.
///
/// # Errors
/// `NotYours` for a missing entry and for somebody else's, `Store`.
pub fn get_entry<R>(repo: &mut R, side: Side, owner: UserId, id: EntryId) -> Result<Entry, LedgerError>
where
    R: LedgerRepository + ?Sized,
{
    repo.find_entry(side, owner, id)?.ok_or(LedgerError::NotYours)
}
