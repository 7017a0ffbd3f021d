//! Lists expenses or incomes.

use crate::{Entry, LedgerError, LedgerRepository, Side};
use kernel::{Period, UserId};

/// The owner's entries within the period, oldest insertion first; the first `limit` of them when there are more.
///
/// # Errors
/// `Store`.
pub fn list_entries<R>(
    repo: &mut R,
    side: Side,
    owner: UserId,
    period: &Period,
    limit: u32,
) -> Result<Vec<Entry>, LedgerError>
where
    R: LedgerRepository + ?Sized,
{
    Ok(repo.list_entries(side, owner, period, limit)?)
}
