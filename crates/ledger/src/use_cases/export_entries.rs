//! Reads expenses or incomes for other books.

use crate::{FiledEntry, LedgerError, LedgerRepository, Side};
use kernel::chrono::NaiveDate;
use kernel::{Form, Page, PageRequest, Period, UserId};

/// A part of what [`list_entries`](crate::list_entries) answers, in the same order, with the names of what the entries are
/// filed under.
///
/// # Errors
/// `Filter`, `Store`.
pub fn export_entries<R>(
    repo: &mut R,
    side: Side,
    owner: UserId,
    query: &Form,
    today: NaiveDate,
    wanted: PageRequest,
) -> Result<Page<FiledEntry>, LedgerError>
where
    R: LedgerRepository + ?Sized,
{
    let period = Period::read(query, today)?;
    Ok(Page::read(wanted, |wanted| repo.list_filed_entries_after(side, owner, &period, wanted))?)
}
