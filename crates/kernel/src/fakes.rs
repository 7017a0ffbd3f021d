//! Time and identity that tests can foretell.

use crate::{Clock, IdSource, Instant};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// A clock that stands still until it is set.
#[derive(Debug)]
pub struct FixedClock(Mutex<Instant>);

impl FixedClock {
    /// A clock that shows `now`.
    pub fn at(now: Instant) -> Self {
        Self(Mutex::new(now))
    }

    /// Shows another moment from now on.
    pub fn set(&self, now: Instant) {
        *self.shown() = now;
    }

    /// Moves on by `seconds`.
    pub fn advance_seconds(&self, seconds: i64) {
        let mut shown = self.shown();
        *shown = shown.plus_seconds(seconds);
    }

    fn shown(&self) -> MutexGuard<'_, Instant> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        *self.shown()
    }
}

/// Identifiers that count 1, 2, 3 in the shape of version 4.
#[derive(Debug, Default)]
pub struct SequentialIds(AtomicU64);

impl SequentialIds {
    /// The identifier that a fresh source gives as its `number`-th.
    pub fn nth(number: u64) -> Uuid {
        const VERSION_4: u128 = 0x4000_8000_0000_0000_0000;
        Uuid::from_u128(VERSION_4 | u128::from(number))
    }
}

impl IdSource for SequentialIds {
    fn uuid(&self) -> Uuid {
        Self::nth(self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_when_it_is_told() {
        let clock = FixedClock::at(Instant::FAR_FUTURE.plus_seconds(-100));
        assert_eq!(clock.now(), clock.now());
        clock.advance_seconds(60);
        assert_eq!(clock.now(), Instant::FAR_FUTURE.plus_seconds(-40));
        clock.set(Instant::FAR_FUTURE);
        assert_eq!(clock.now(), Instant::FAR_FUTURE);
    }

    #[test]
    fn sequential_identifiers_count_and_look_like_version_4() {
        let ids = SequentialIds::default();
        let given = [ids.uuid(), ids.uuid()];
        assert_eq!(given, [SequentialIds::nth(1), SequentialIds::nth(2)]);
        assert_eq!(given[0].to_string(), "00000000-0000-4000-8000-000000000001");
    }
}
