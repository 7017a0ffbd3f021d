//! How long to wait before the next attempt.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

const SHORTEST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(2);

/// Waiting times that double up to a maximum. Half of each is random, so that nodes that lost Redis at the same time do not
/// all reconnect at the same time.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    attempts: u32,
    chance: RandomState,
}

impl Backoff {
    /// Starts again from the shortest time, after a success.
    pub(super) fn reset(&mut self) {
        self.attempts = 0;
    }

    /// The time to wait before the next attempt.
    pub(super) fn next(&mut self) -> Duration {
        let doubled = 2_u32.saturating_pow(self.attempts);
        let longest = SHORTEST.saturating_mul(doubled).min(LONGEST);
        let half = longest / 2;
        let chance = self.chance.hash_one(self.attempts) % 1024;
        self.attempts = self.attempts.saturating_add(1);
        half + half * u32::try_from(chance).unwrap_or_default() / 1024
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_times_grow_up_to_a_bound_and_differ() {
        let mut backoff = Backoff::default();
        let first = backoff.next();
        assert!((SHORTEST / 2..SHORTEST).contains(&first), "{first:?}");
        let later: Vec<Duration> = (0..100).map(|_| backoff.next()).skip(10).collect();
        assert!(later.iter().all(|time| (LONGEST / 2..LONGEST).contains(time)), "{later:?}");
        assert!(later.iter().any(|time| *time != later[0]), "{later:?}");
        backoff.reset();
        assert!(backoff.next() < SHORTEST);
    }
}
