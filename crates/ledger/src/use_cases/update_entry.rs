//! Changes an expense or an income.

use crate::forms::References;
use crate::{Entry, EntryChanges, LedgerError, LedgerRepository, Side};
use kernel::FieldErrors;

/// Changes an entry that was read in the same transaction.
///
/// # Errors
/// `Fields` for a category or subcategory that is not there, `Store`.
pub fn update_entry<R: LedgerRepository + ?Sized>(
    repo: &mut R,
    entry: Entry,
    changes: EntryChanges,
) -> Result<Entry, LedgerError> {
    let mut errors = FieldErrors::default();
    let subcategory = changes.subcategory.filter(|_| entry.side == Side::Expense);
    let references = References::new(changes.category, subcategory);
    references
        .note_missing(&mut errors, |category, subcategory| repo.find_missing_references(category, subcategory))?;
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let entry = entry.changed(changes);
    repo.update_entry(&entry)?;
    Ok(entry)
}
