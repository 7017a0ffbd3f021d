//! Failed logins, counted in the memory of one node.

use crate::{FailureRule, LoginFailures, LoginKey};
use kernel::Instant;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Names and networks that are remembered at a time.
const WINDOWS_MAX: usize = 65_536;

/// Counts in the memory of this node. Names and networks are stored as keyed digests only.
#[derive(Debug)]
pub struct LocalLoginFailures {
    rule: FailureRule,
    windows_max: usize,
    digest: RandomState,
    windows: Mutex<HashMap<u64, Window>>,
}

#[derive(Debug, Clone, Copy)]
struct Window {
    since: Instant,
    failures: u32,
}

impl Window {
    /// Whether failures still count. When the clock is set back, the window ends, so that nobody waits too long.
    fn is_open(&self, rule: FailureRule, now: Instant) -> bool {
        self.since <= now && now < self.since.plus_seconds(rule.window_seconds)
    }
}

impl LocalLoginFailures {
    /// Nothing counted yet.
    pub fn new(rule: FailureRule) -> Self {
        Self { rule, windows_max: WINDOWS_MAX, digest: RandomState::new(), windows: Mutex::default() }
    }

    fn wait_for(&self, key: &LoginKey, now: Instant) -> Option<Duration> {
        let windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.get(&self.digest.hash_one(key)).filter(|window| window.is_open(self.rule, now))?;
        let end = window.since.plus_seconds(self.rule.window_seconds);
        let left = (end.as_datetime() - now.as_datetime()).to_std().unwrap_or_default();
        (window.failures >= self.rule.allowed(key)).then_some(left)
    }

    fn count_one(&self, key: &LoginKey, now: Instant) {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let digest = self.digest.hash_one(key);
        if windows.len() >= self.windows_max && !windows.contains_key(&digest) {
            forget_some(&mut windows, self.rule, self.windows_max, now);
        }
        let window = windows.entry(digest).or_insert(Window { since: now, failures: 0 });
        if !window.is_open(self.rule, now) {
            *window = Window { since: now, failures: 0 };
        }
        window.failures = window.failures.saturating_add(1);
    }
}

impl LoginFailures for LocalLoginFailures {
    fn wait(&self, keys: &[LoginKey], now: Instant) -> Option<Duration> {
        keys.iter().filter_map(|key| self.wait_for(key, now)).max()
    }

    fn count(&self, keys: &[LoginKey], now: Instant) {
        for key in keys {
            self.count_one(key, now);
        }
    }
}

/// Forgets windows that are over. If that is not enough, it also forgets the half with the fewest failures.
fn forget_some(windows: &mut HashMap<u64, Window>, rule: FailureRule, windows_max: usize, now: Instant) {
    windows.retain(|_, window| window.is_open(rule, now));
    if windows.len() >= windows_max {
        let mut kept: Vec<(u64, Window)> = windows.drain().collect();
        kept.sort_unstable_by_key(|(_, window)| Reverse(window.failures));
        windows.extend(kept.into_iter().take(windows_max / 2));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::chrono::DateTime;

    const RULE: FailureRule = FailureRule { per_name: 2, per_network: 3, window_seconds: 300 };

    fn at(seconds: i64) -> Instant {
        Instant::new(DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap())
    }

    fn name(name: &str) -> LoginKey {
        LoginKey::Name(name.to_owned())
    }

    #[test]
    fn a_window_is_waited_out_from_the_first_failure_on() {
        let failures = LocalLoginFailures::new(RULE);
        failures.count_one(&name("ann"), at(0));
        failures.count_one(&name("ann"), at(100));
        assert_eq!(failures.wait_for(&name("ann"), at(100)), Some(Duration::from_secs(200)));
        assert_eq!(failures.wait_for(&name("ann"), at(300)), None);
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let failures = LocalLoginFailures::new(RULE);
        failures.count_one(&name("ann"), at(0));
        failures.count_one(&name("ann"), at(0));
        assert_eq!(failures.wait_for(&name("ann"), at(-3600)), None);
    }

    #[test]
    fn however_many_names_are_tried_only_so_many_are_remembered() {
        let failures = LocalLoginFailures { windows_max: 10, ..LocalLoginFailures::new(RULE) };
        failures.count_one(&name("ann"), at(0));
        failures.count_one(&name("ann"), at(0));
        for number in 0..500 {
            failures.count_one(&name(&number.to_string()), at(1));
            assert!(failures.windows.lock().unwrap().len() <= 10);
        }
        assert!(failures.wait_for(&name("ann"), at(1)).is_some(), "who failed most is remembered longest");
    }

    #[test]
    fn windows_that_are_over_make_room_and_who_is_known_needs_none() {
        let failures = LocalLoginFailures { windows_max: 10, ..LocalLoginFailures::new(RULE) };
        for number in (0..10).chain([9]) {
            failures.count_one(&name(&number.to_string()), at(number));
        }
        assert_eq!(failures.windows.lock().unwrap().len(), 10);
        failures.count_one(&name("ann"), at(305));
        assert_eq!(failures.windows.lock().unwrap().len(), 5, "those that failed since, and ann");
    }
}
