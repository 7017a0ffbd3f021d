//! Adds up expenses and incomes.

use crate::{Group, Grouping, LedgerError, LedgerRepository, Sum, Summary, Totals};
use kernel::chrono::NaiveDate;
use kernel::{Form, Period, StoreError, UserId};
use std::collections::BTreeMap;

/// What the owner's entries within the period that the query asks for come to, by the query's `group_by`; see
/// [`Period::read`] and [`Grouping::read`].
///
/// # Errors
/// `Filter`, `Fields`, `Store`.
pub fn summarise_entries<R>(repo: &mut R, owner: UserId, query: &Form, today: NaiveDate) -> Result<Summary, LedgerError>
where
    R: LedgerRepository + ?Sized,
{
    let period = Period::read(query, today)?;
    let grouping = Grouping::read(query)?;
    let mut totals = Totals::default();
    let mut groups = BTreeMap::<Group, Totals>::new();
    for Sum { group, side, amount } in repo.sum_entries(owner, &period, grouping)? {
        let too_much = || StoreError::fault("a sum is more than can be counted");
        totals = totals.with(side, amount).ok_or_else(too_much)?;
        let of_group = groups.entry(group).or_default();
        *of_group = of_group.with(side, amount).ok_or_else(too_much)?;
    }
    Ok(Summary { grouping, totals, groups: groups.into_iter().collect() })
}
