//! One budget for each of many clients, of whom only so many are remembered.

use super::{Allowance, Standing};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Clients that are remembered at a time. One that took nothing for a while is not: its budget is full.
const CLIENTS_MAX: usize = 65_536;

/// One budget for each client.
pub(super) struct Buckets<Key> {
    name: &'static str,
    allowance: Allowance,
    clients_max: usize,
    full_at: Mutex<HashMap<Key, Instant>>,
}

impl<Key: Hash + Eq> Buckets<Key> {
    /// Budgets of this name, all full.
    pub(super) fn new(name: &'static str, allowance: Allowance) -> Self {
        Self { name, allowance, clients_max: CLIENTS_MAX, full_at: Mutex::default() }
    }

    /// Takes `cost` from the budget of a client.
    pub(super) fn charge(&self, client: Key, cost: u32, now: Instant) -> Standing {
        let mut known = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let full_at = known.get(&client).copied().unwrap_or(now);
        let taken = self.allowance.take(full_at, cost, now);
        if known.len() >= self.clients_max && !known.contains_key(&client) {
            forget_some(&mut known, self.clients_max, now);
        }
        known.insert(client, taken.full_at);
        drop(known);
        Standing {
            name: self.name,
            quota: self.allowance.burst,
            window: self.allowance.window(),
            left: taken.left,
            full_in: taken.full_at.saturating_duration_since(now),
            wait: taken.wait,
        }
    }
}

/// Forgets whoever has a full budget. When so many are at it that this is not enough, the half that took least.
fn forget_some<Key: Hash + Eq>(known: &mut HashMap<Key, Instant>, clients_max: usize, now: Instant) {
    known.retain(|_, full_at| *full_at > now);
    if known.len() < clients_max {
        return;
    }
    let mut times: Vec<Instant> = known.values().copied().collect();
    let middle = times.len() / 2;
    let (_, median, _) = times.select_nth_unstable(middle);
    let median = *median;
    let mut may_go = middle + 1;
    known.retain(|_, full_at| {
        let goes = *full_at <= median && may_go > 0;
        may_go -= usize::from(goes);
        !goes
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn buckets(clients_max: usize) -> Buckets<u32> {
        Buckets { clients_max, ..Buckets::new("test", Allowance { per_second: 1, burst: 2 }) }
    }

    #[test]
    fn one_client_costs_another_nothing() {
        let (buckets, now) = (buckets(10), Instant::now());
        assert_eq!(buckets.charge(1, 2, now).left, 0);
        assert_eq!(buckets.charge(1, 1, now).wait, Some(Duration::from_secs(1)));
        assert_eq!(buckets.charge(2, 1, now).wait, None);
    }

    #[test]
    fn clients_that_are_quiet_are_forgotten_and_lose_nothing() {
        let (buckets, now) = (buckets(10), Instant::now());
        for client in 0..10 {
            buckets.charge(client, 1, now);
        }
        let later = now + Duration::from_secs(1);
        buckets.charge(10, 1, later);
        assert_eq!(buckets.full_at.lock().unwrap().len(), 1);
        assert_eq!(buckets.charge(0, 1, later).left, 1);
    }

    #[test]
    fn however_many_come_only_so_many_are_remembered_and_the_greediest_first() {
        let (buckets, now) = (buckets(10), Instant::now());
        buckets.charge(1000, 2, now);
        for client in 0..500 {
            buckets.charge(client, 1, now);
            assert!(buckets.full_at.lock().unwrap().len() <= 10);
        }
        assert!(buckets.charge(1000, 1, now).wait.is_some());
    }
}
