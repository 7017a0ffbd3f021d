//! Lists expenses or incomes.

use crate::{Entry, LedgerError, LedgerRepository, Side};
use kernel::chrono::NaiveDate;
use kernel::{Form, Period, UserId};

/// The owner's entries within the period that the query asks for, oldest insertion first; the first `limit` of
/// them when there are more. See [`Period::read`].
///
/// # Errors
/// `Filter`, `Store`.
pub fn list_entries<R>(
    repo: &mut R,
    side: Side,
    owner: UserId,
    query: &Form,
    today: NaiveDate,
    limit: u32,
) -> Result<Vec<Entry>, LedgerError>
where
    R: LedgerRepository + ?Sized,
{
    let period = Period::read(query, today)?;
    Ok(repo.list_entries(side, owner, &period, limit)?)
}
