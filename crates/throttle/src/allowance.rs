//! A budget that fills up again steadily, as the generic cell rate algorithm keeps it: one point in time for each client,
//! the one at which its budget is full again.

use std::time::{Duration, Instant};

/// How much may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// What comes back in a second; at least 1.
    pub per_second: u32,
    /// What may be taken at once when nothing was taken for a while; at least 1.
    pub burst: u32,
}

/// What came of taking something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taken {
    /// When the budget is full again.
    pub(crate) full_at: Instant,
    /// What is left.
    pub(crate) left: u32,
    /// How long to wait until as much is there; `None` when it was there.
    pub(crate) wait: Option<Duration>,
}

impl Allowance {
    /// How long it takes until `amount` has come back.
    pub(crate) fn time_for(self, amount: u32) -> Duration {
        // Nanoseconds: whatever the numbers, the product is far below 2^64.
        let nanos = u64::from(amount) * 1_000_000_000 / u64::from(self.per_second.max(1));
        Duration::from_nanos(nanos)
    }

    /// The time in which an empty budget becomes full.
    pub(crate) fn window(self) -> Duration {
        self.time_for(self.burst.max(1))
    }

    /// Takes `cost` from a budget that is full at `full_at`. What costs more than the burst costs the burst.
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

/// The budget of one client, kept by itself.
#[derive(Debug)]
pub struct Meter {
    allowance: Allowance,
    full_at: Instant,
}

impl Meter {
    /// A full one.
    pub fn new(allowance: Allowance) -> Self {
        Self { allowance, full_at: Instant::now() }
    }

    /// Takes `cost`; how long to wait when it is not there.
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
