//! A budget that refills steadily, by the generic cell rate algorithm (GCRA): one point in time per client, at which its
//! budget is full again.

use std::time::{Duration, Instant};

/// The rate and size of a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// What is refilled per second; at least 1.
    pub per_second: u32,
    /// The size of a full budget; at least 1.
    pub burst: u32,
}

/// The result of taking something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taken {
    /// When the budget is full again.
    pub(crate) full_at: Instant,
    /// What is left.
    pub(crate) left: u32,
    /// How long to wait until there is enough; `None` when there was.
    pub(crate) wait: Option<Duration>,
}

impl Allowance {
    /// The time in which `amount` is refilled.
    pub(crate) fn time_for(self, amount: u32) -> Duration {
        // In nanoseconds the product is always far below 2^64.
        let nanos = u64::from(amount) * 1_000_000_000 / u64::from(self.per_second.max(1));
        Duration::from_nanos(nanos)
    }

    /// The time in which an empty budget is refilled.
    pub(crate) fn window(self) -> Duration {
        self.time_for(self.burst.max(1))
    }

    /// Takes `cost` from a budget that is full at `full_at`. A cost above the burst counts as the burst.
    pub(crate) fn take(self, full_at: Instant, cost: u32, now: Instant) -> Taken {
        let before = full_at.max(now);
        let after = before + self.time_for(cost.min(self.burst.max(1)));
        match (after - now).checked_sub(self.window()).filter(|wait| !wait.is_zero()) {
            None => Taken { full_at: after, left: self.left(after - now), wait: None },
            wait => Taken { full_at: before, left: self.left(before - now), wait },
        }
    }

    /// What is left of a budget that is full after `time`.
    fn left(self, time: Duration) -> u32 {
        let room = self.window().saturating_sub(time).as_nanos();
        let left = room * u128::from(self.per_second.max(1)) / 1_000_000_000;
        u32::try_from(left).unwrap_or(u32::MAX).min(self.burst)
    }
}

/// The budget of a single client.
#[derive(Debug)]
pub struct Meter {
    allowance: Allowance,
    full_at: Instant,
}

impl Meter {
    /// A full budget.
    pub fn new(allowance: Allowance) -> Self {
        Self { allowance, full_at: Instant::now() }
    }

    /// Takes `cost`; returns how long to wait when there is not enough.
    pub fn take(&mut self, cost: u32) -> Option<Duration> {
        let taken = self.allowance.take(self.full_at, cost, Instant::now());
        self.full_at = taken.full_at;
        taken.wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN: Allowance = Allowance { per_second: 2, burst: 10 };

    #[test]
    fn a_burst_is_there_at_once_and_comes_back_steadily() {
        let start = Instant::now();
        let mut full_at = start;
        for left in (0..10).rev() {
            let taken = TEN.take(full_at, 1, start);
            assert_eq!((taken.left, taken.wait), (left, None));
            full_at = taken.full_at;
        }
        let refused = TEN.take(full_at, 1, start);
        assert_eq!((refused.left, refused.wait), (0, Some(Duration::from_millis(500))));
        assert_eq!(refused.full_at, full_at, "a refusal costs nothing");
        assert_eq!(TEN.take(full_at, 1, start + Duration::from_millis(500)).wait, None);
        assert_eq!(TEN.take(full_at, 1, start + Duration::from_secs(60)).left, 9, "no more than the burst is saved up");
    }

    #[test]
    fn what_costs_more_takes_more() {
        let start = Instant::now();
        let taken = TEN.take(start, 7, start);
        assert_eq!(taken.left, 3);
        assert_eq!(TEN.take(taken.full_at, 5, start).wait, Some(Duration::from_secs(1)));
    }

    #[test]
    fn what_costs_more_than_the_burst_waits_for_a_full_budget_and_not_for_ever() {
        let start = Instant::now();
        let taken = TEN.take(start, 1000, start);
        assert_eq!((taken.left, taken.wait), (0, None));
        assert_eq!(TEN.take(taken.full_at, 1000, start).wait, Some(Duration::from_secs(5)));
    }
}
