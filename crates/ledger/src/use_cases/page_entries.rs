//! Lists a part of the expenses or incomes.

use crate::{Entry, LedgerError, LedgerRepository, Side};
use kernel::chrono::NaiveDate;
use kernel::{Form, Page, PageRequest, Period, UserId};

/// A part of what [`list_entries`](crate::list_entries) answers, in the same order.
///
/// # Errors
/// `Filter`, `Store`.
pub fn page_entries<R>(
    repo: &mut R,
    side: Side,
    owner: UserId,
    query: &Form,
    today: NaiveDate,
    wanted: PageRequest,
) -> Result<Page<Entry>, LedgerError>
where
    R: LedgerRepository + ?Sized,
{
    let period = Period::read(query, today)?;
    Ok(Page::read(wanted, |wanted| repo.list_entries_after(side, owner, &period, wanted))?)
}
