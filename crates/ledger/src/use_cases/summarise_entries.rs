//! Adds up expenses and incomes.

use crate::{Group, Grouping, LedgerError, LedgerRepository, Sum, Summary, Totals};
use kernel::{Period, StoreError, UserId};
use std::collections::BTreeMap;

/// What the owner's entries within the period come to, group by group.
///
/// # Errors
/// `Store`.
pub fn summarise_entries<R>(
    repo: &mut R,
    owner: UserId,
    period: &Period,
    grouping: Grouping,
) -> Result<Summary, LedgerError>
where
    R: LedgerRepository + ?Sized,
{
    let mut totals = Totals::default();
    let mut groups = BTreeMap::<Group, Totals>::new();
    for Sum { group, side, amount } in repo.sum_entries(owner, period, grouping)? {
        let too_much = || StoreError::fault("a sum is more than can be counted");
        totals = totals.with(side, amount).ok_or_else(too_much)?;
        let of_group = groups.entry(group).or_default();
        *of_group = of_group.with(side, amount).ok_or_else(too_much)?;
    }
    Ok(Summary { grouping, totals, groups: groups.into_iter().collect() })
}
