//! Records an expense or an income.

use crate::forms::References;
use crate::{Entry, EntryDraft, EntryId, LedgerError, LedgerRepository};
use kernel::{FieldErrors, IdSource, StoreError, UserId};

/// Records an entry of `owner`.
///
/// # Errors
/// `Fields` for a category or subcategory that is not there, `Store`.
pub fn record_entry<R>(repo: &mut R, ids: &dyn IdSource, owner: UserId, draft: EntryDraft) -> Result<Entry, LedgerError>
where
    R: LedgerRepository + ?Sized,
{
    let entry = Entry::new(EntryId(ids.uuid()), owner, draft);
    // The store looks for the references itself when it stores the entry.
    if repo.insert_entry(&entry)? {
        return Ok(entry);
    }
    let mut errors = FieldErrors::default();
    let references = References::new(Some(entry.category), entry.subcategory);
    references
        .note_missing(&mut errors, |category, subcategory| repo.find_missing_references(category, subcategory))?;
    if errors.is_empty() {
        return Err(StoreError::lost_race("a reference came back after an entry was refused for it").into());
    }
    Err(errors.into())
}
