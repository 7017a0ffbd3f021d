//! Records an expense or an income.

use crate::model::missing_references;
use crate::{Entry, EntryDraft, EntryId, LedgerError, LedgerRepository, Side};
use kernel::{Form, IdSource, UserId};

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
    let draft = EntryDraft::read(side, form, repo)?;
    let entry = Entry {
        id: EntryId(ids.uuid()),
        side,
        owner,
        title: draft.title,
        description: draft.description,
        amount: draft.amount,
        creation_date: draft.creation_date,
        creation_time: draft.creation_time,
        category: draft.category,
        subcategory: draft.subcategory,
    };
    // The store looks for the references itself; why it did not find them is asked only then.
    if repo.insert_entry(&entry)? { Ok(entry) } else { Err(missing_references(form, &entry, repo)?) }
}
