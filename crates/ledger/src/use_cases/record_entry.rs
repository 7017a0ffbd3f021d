//! Records an expense or an income.

use crate::{Entry, EntryDraft, EntryId, LedgerError, LedgerRepository, MissingReferences, Side};
use kernel::{Form, IdSource, StoreError, UserId};

/// Records an entry of `owner`.
///
/// The form needs `title`, `description`, `amount`, `creation_date`, `creation_time`, `category` and, for an expense,
/// `subcategory`. Any other field is ignored, `user` included.
///
/// # Errors
/// `AmountNotPositive`, `Fields`, `Store`.
pub fn record_entry<R>(
    repo: &mut R,
    ids: &dyn IdSource,
    side: Side,
    owner: UserId,
    form: &Form,
) -> Result<Entry, LedgerError>
where
    R: LedgerRepository + ?Sized,
{
    // The store looks for the references itself when it stores the entry.
    let assumed = |_, _| Ok(MissingReferences::default());
    if let Ok(draft) = EntryDraft::read(side, form, assumed) {
        let entry = Entry::new(EntryId(ids.uuid()), owner, draft);
        if repo.insert_entry(&entry)? {
            return Ok(entry);
        }
    }
    // Something is wrong, and all of it is told at once.
    let missing = |category, subcategory| repo.find_missing_references(category, subcategory);
    match EntryDraft::read(side, form, missing) {
        Ok(_) => Err(StoreError::lost_race("a reference came back after an entry was refused for it").into()),
        Err(error) => Err(error),
    }
}
