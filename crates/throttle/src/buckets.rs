//! One budget per client, for a bounded number of clients.

use crate::{Allowance, RedisCounters};
use std::collections::{HashMap, HashSet};
use std::fmt::Display;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The most clients that are remembered. A client with a full budget is forgotten.
const CLIENTS_MAX: usize = 65_536;

/// The most clients that are reported to other nodes at a time.
const REPORTED_MAX: usize = 1024;

/// What a client takes before it is reported to other nodes: as much as is refilled in this time.
const UNREPORTED_MAX: Duration = Duration::from_millis(125);

/// One budget for each client.
#[derive(Debug)]
pub struct Buckets<Key> {
    name: &'static str,
    allowance: Allowance,
    clients_max: usize,
    known: Mutex<Known<Key>>,
}

#[derive(Debug)]
struct Known<Key> {
    buckets: HashMap<Key, Bucket>,
    /// Clients that are due to be reported to other nodes.
    to_report: HashSet<Key>,
}

/// One budget.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// When it is full again.
    full_at: Instant,
    /// What was taken and not reported to other nodes, as the time in which it is refilled.
    unreported: Duration,
}

/// The status of a client's budget after it was charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetStatus {
    /// Whose budget it is.
    pub name: &'static str,
    /// The size of the full budget.
    pub quota: u32,
    /// The time in which an empty budget is refilled.
    pub window: Duration,
    /// What is left.
    pub left: u32,
    /// When it will be full.
    pub full_in: Duration,
    /// How long to wait, when there was not enough.
    pub wait: Option<Duration>,
}

impl<Key: Hash + Eq + Clone + Display> Buckets<Key> {
    /// Budgets of this name, all full.
    pub fn new(name: &'static str, allowance: Allowance) -> Self {
        let known = Known { buckets: HashMap::new(), to_report: HashSet::new() };
        Self { name, allowance, clients_max: CLIENTS_MAX, known: Mutex::new(known) }
    }

    /// Takes `cost` from the budget of a client.
    pub fn charge(&self, client: Key, cost: u32, now: Instant) -> BudgetStatus {
        let mut known = self.known();
        let before = known.buckets.get(&client).copied().filter(|bucket| bucket.full_at > now);
        let Bucket { full_at, unreported } = before.unwrap_or(Bucket { full_at: now, unreported: Duration::ZERO });
        let taken = self.allowance.take(full_at, cost, now);
        let unreported = unreported + taken.full_at.saturating_duration_since(full_at);
        if unreported > UNREPORTED_MAX && known.to_report.len() < REPORTED_MAX {
            known.to_report.insert(client.clone());
        }
        self.remember(&mut known, client, Bucket { full_at: taken.full_at, unreported }, now);
        drop(known);
        BudgetStatus {
            name: self.name,
            quota: self.allowance.burst,
            window: self.allowance.window(),
            left: taken.left,
            full_in: taken.full_at.saturating_duration_since(now),
            wait: taken.wait,
        }
    }

    /// Reports to the other nodes what the busiest clients took here, and learns what they took there. Waits briefly for
    /// Redis; what was taken while it is away is not reported later.
    pub fn exchange(&self, counters: &RedisCounters) {
        let taken = self.take_unreported(Instant::now());
        let (clients, taken): (Vec<Key>, Vec<Duration>) = taken.into_iter().unzip();
        let Some(full_in) = counters.spend(self.name, &clients, &taken, self.allowance.window()) else { return };
        let now = Instant::now();
        let mut known = self.known();
        for (client, full_in) in clients.into_iter().zip(full_in) {
            let here = known.buckets.get(&client).copied();
            let unreported = here.map_or(Duration::ZERO, |bucket| bucket.unreported);
            let full_at = here.map_or(now, |bucket| bucket.full_at).max(now + full_in);
            self.remember(&mut known, client, Bucket { full_at, unreported }, now);
        }
    }

    /// What is due to be reported to other nodes.
    fn take_unreported(&self, now: Instant) -> Vec<(Key, Duration)> {
        let mut known = self.known();
        let Known { buckets, to_report } = &mut *known;
        let mut reported = Vec::new();
        for client in to_report.drain() {
            if let Some(bucket) = buckets.get_mut(&client) {
                // What was refilled meanwhile is not reported.
                let unreported = bucket.unreported.min(bucket.full_at.saturating_duration_since(now));
                bucket.unreported = Duration::ZERO;
                reported.push((client, unreported));
            }
        }
        reported
    }

    fn known(&self) -> MutexGuard<'_, Known<Key>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember(&self, known: &mut Known<Key>, client: Key, bucket: Bucket, now: Instant) {
        if known.buckets.len() >= self.clients_max && !known.buckets.contains_key(&client) {
            forget_some(&mut known.buckets, self.clients_max, now);
        }
        known.buckets.insert(client, bucket);
    }
}

/// Forgets clients with a full budget. If that is not enough, it also forgets the half that took least.
fn forget_some<Key: Hash + Eq>(known: &mut HashMap<Key, Bucket>, clients_max: usize, now: Instant) {
    known.retain(|_, bucket| bucket.full_at > now);
    if known.len() < clients_max {
        return;
    }
    let mut times: Vec<Instant> = known.values().map(|bucket| bucket.full_at).collect();
    let middle = times.len() / 2;
    let (_, median, _) = times.select_nth_unstable(middle);
    let median = *median;
    let mut may_go = middle + 1;
    known.retain(|_, bucket| {
        let goes = bucket.full_at <= median && may_go > 0;
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
        assert_eq!(buckets.known().buckets.len(), 1);
        assert_eq!(buckets.charge(0, 1, later).left, 1);
    }

    #[test]
    fn however_many_come_only_so_many_are_remembered_and_the_greediest_first() {
        let (buckets, now) = (buckets(10), Instant::now());
        buckets.charge(1000, 2, now);
        for client in 0..500 {
            buckets.charge(client, 1, now);
            assert!(buckets.known().buckets.len() <= 10);
        }
        assert!(buckets.charge(1000, 1, now).wait.is_some());
    }

    #[test]
    fn nobody_is_forgotten_for_who_is_known() {
        let (buckets, now) = (buckets(10), Instant::now());
        for client in (0..10).chain([9]) {
            buckets.charge(client, 1, now);
        }
        assert_eq!(buckets.known().buckets.len(), 10);
    }

    #[test]
    fn other_nodes_are_told_of_who_takes_noticeably_and_of_what_has_not_come_back() {
        let now = Instant::now();
        let buckets = Buckets::new("test", Allowance { per_second: 100, burst: 1000 });
        buckets.charge(1, 12, now);
        buckets.charge(2, 13, now);
        assert_eq!(buckets.take_unreported(now), [(2, Duration::from_millis(130))]);
        assert_eq!(buckets.take_unreported(now), []);
        buckets.charge(1, 1, now);
        assert_eq!(buckets.take_unreported(now + Duration::from_millis(30)), [(1, Duration::from_millis(100))]);
        buckets.charge(1, 12, now + Duration::from_secs(1));
        assert_eq!(buckets.take_unreported(now + Duration::from_secs(1)), [], "what was taken before has come back");
    }

    #[test]
    fn other_nodes_are_told_of_so_many_at_a_time() {
        let (buckets, now) = (Buckets::new("test", Allowance { per_second: 1, burst: 2 }), Instant::now());
        for client in 0..2000 {
            buckets.charge(client, 1, now);
        }
        assert_eq!(buckets.take_unreported(now).len(), REPORTED_MAX);
    }
}
