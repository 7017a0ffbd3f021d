//! Reads expenses or incomes for other books.

use crate::{FiledEntry, LedgerError, LedgerRepository, Side};
use kernel::{Page, PageRequest, Period, UserId};

/// A part of what [`list_entries`](crate::list_entries) answers, in the same order, with the names of what the entries are
/// filed under.
///
/// # Errors
/// `Store`.
pub fn export_entries<R>(
    repo: &mut R,
    side: Side,
    owner: UserId,
    period: &Period,
    wanted: PageRequest,
) -> Result<Page<FiledEntry>, LedgerError>
where
    R: LedgerRepository + ?Sized,
{
    Ok(Page::read(wanted, |wanted| repo.list_filed_entries_after(side, owner, period, wanted))?)
}
