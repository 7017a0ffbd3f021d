//! Lists a part of the expenses or incomes.

use crate::{Entry, LedgerError, LedgerRepository, Side};
use kernel::{Page, PageRequest, Period, UserId};

/// A part of what [`list_entries`](crate::list_entries) answers, in the same order.
///
/// # Errors
/// `Store`.
pub fn page_entries<R>(
    repo: &mut R,
    side: Side,
    owner: UserId,
    period: &Period,
    wanted: PageRequest,
) -> Result<Page<Entry>, LedgerError>
where
    R: LedgerRepository + ?Sized,
{
    Ok(Page::read(wanted, |wanted| repo.list_entries_after(side, owner, period, wanted))?)
}
