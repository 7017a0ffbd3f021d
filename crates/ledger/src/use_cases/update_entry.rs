//! Changes an expense or an income.

use crate::{Entry, LedgerError, LedgerRepository};
use kernel::Form;

/// Changes whatever the form holds of an entry that was read in the same transaction; see [`Entry::changed`].
///
/// # Errors
/// `AmountNotPositive`, `Fields`, `Store`.
pub fn update_entry<R: LedgerRepository + ?Sized>(
    repo: &mut R,
    entry: Entry,
    form: &Form,
) -> Result<Entry, LedgerError> {
    let entry = entry.changed(form, repo)?;
    repo.update_entry(&entry)?;
    Ok(entry)
}
