//! Failed logins: so many in a window for one login name and for one address, then nobody tries for the rest of it.

use crate::{Problem, Shell};
use kernel::Instant;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What failures are counted for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Tried {
    /// A login name, trimmed and in lower case, whether somebody has it or not.
    Name(String),
    /// The network that the login came from.
    Network(IpAddr),
}

/// Counts failed logins. Called on threads that may wait a moment, and MUST NOT wait longer than that: a counter that is
/// away lets everybody try.
pub trait LoginFailures: Send + Sync {
    /// How long nobody may try; `None` when one may.
    fn wait(&self, tried: &Tried, now: Instant) -> Option<Duration>;

    /// Counts a failure.
    fn count(&self, tried: &Tried, now: Instant);
}

/// How many failures are too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailureRule {
    /// Failures for one login name.
    pub per_name: u32,
    /// Failures from one network.
    pub per_network: u32,
    /// The seconds in which they count, from the first one on.
    pub window_seconds: i64,
}

impl Default for FailureRule {
    fn default() -> Self {
        Self { per_name: 10, per_network: 60, window_seconds: 300 }
    }
}

/// Names and networks that are remembered at a time.
const WINDOWS_MAX: usize = 65_536;

/// Counts in the memory of this node. What was tried is kept as a keyed digest only.
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
    /// Whether failures still count. A clock that was set back ends a window: nobody waits for it to come round again.
    fn is_open(&self, rule: FailureRule, now: Instant) -> bool {
        self.since <= now && now < self.since.plus_seconds(rule.window_seconds)
    }
}

impl LocalLoginFailures {
    /// Nothing counted yet.
    pub fn new(rule: FailureRule) -> Self {
        Self { rule, windows_max: WINDOWS_MAX, digest: RandomState::new(), windows: Mutex::default() }
    }
}

impl LoginFailures for LocalLoginFailures {
    fn wait(&self, tried: &Tried, now: Instant) -> Option<Duration> {
        let allowed = match tried {
            Tried::Name(_) => self.rule.per_name,
            Tried::Network(_) => self.rule.per_network,
        };
        let windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.get(&self.digest.hash_one(tried)).filter(|window| window.is_open(self.rule, now))?;
        let end = window.since.plus_seconds(self.rule.window_seconds);
        let left = (end.as_datetime() - now.as_datetime()).to_std().unwrap_or_default();
        (window.failures >= allowed).then_some(left)
    }

    fn count(&self, tried: &Tried, now: Instant) {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let key = self.digest.hash_one(tried);
        if windows.len() >= self.windows_max && !windows.contains_key(&key) {
            forget_some(&mut windows, self.rule, self.windows_max, now);
        }
        let window = windows.entry(key).or_insert(Window { since: now, failures: 0 });
        if !window.is_open(self.rule, now) {
            *window = Window { since: now, failures: 0 };
        }
        window.failures = window.failures.saturating_add(1);
    }
}

/// Forgets windows that are over. When so many are open that this is not enough, the half with the fewest failures.
fn forget_some(windows: &mut HashMap<u64, Window>, rule: FailureRule, windows_max: usize, now: Instant) {
    windows.retain(|_, window| window.is_open(rule, now));
    if windows.len() >= windows_max {
        let mut kept: Vec<(u64, Window)> = windows.drain().collect();
        kept.sort_unstable_by_key(|(_, window)| Reverse(window.failures));
        windows.extend(kept.into_iter().take(windows_max / 2));
    }
}

/// One login that is being tried.
#[derive(Debug, Clone)]
pub(crate) struct LoginAttempt([Tried; 2]);

impl LoginAttempt {
    /// A login under this name, from this network.
    pub(crate) fn new(name: &str, network: IpAddr) -> Self {
        Self([Tried::Name(name.to_owned()), Tried::Network(network)])
    }

    /// Whether it may be tried.
    ///
    /// # Errors
    /// 429 after too many failures.
    pub(crate) fn check(&self, shell: &Shell) -> Result<(), Problem> {
        let Some(failures) = shell.budgets.login_failures() else { return Ok(()) };
        let now = shell.clock.now();
        let wait = self.0.iter().filter_map(|tried| failures.wait(tried, now)).max();
        wait.map_or(Ok(()), |wait| Err(Problem::throttled(wait)))
    }

    /// It failed.
    pub(crate) fn fail(&self, shell: &Shell) {
        if let Some(failures) = shell.budgets.login_failures() {
            let now = shell.clock.now();
            self.0.iter().for_each(|tried| failures.count(tried, now));
        }
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

    fn name(name: &str) -> Tried {
        Tried::Name(name.to_owned())
    }

    #[test]
    fn too_many_failures_are_waited_out_from_the_first_one_on() {
        let failures = LocalLoginFailures::new(RULE);
        failures.count(&name("ann"), at(0));
        assert_eq!(failures.wait(&name("ann"), at(10)), None);
        failures.count(&name("ann"), at(100));
        assert_eq!(failures.wait(&name("ann"), at(100)), Some(Duration::from_secs(200)));
        assert_eq!(failures.wait(&name("bob"), at(100)), None);
        assert_eq!(failures.wait(&name("ann"), at(300)), None);
        failures.count(&name("ann"), at(301));
        assert_eq!(failures.wait(&name("ann"), at(302)), None, "a new window begins at one");
    }

    #[test]
    fn a_network_is_counted_beside_the_names() {
        let failures = LocalLoginFailures::new(RULE);
        let network = Tried::Network(IpAddr::from([192, 0, 2, 1]));
        for _ in 0..RULE.per_network {
            assert_eq!(failures.wait(&network, at(0)), None);
            failures.count(&network, at(0));
        }
        assert!(failures.wait(&network, at(0)).is_some());
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let failures = LocalLoginFailures::new(RULE);
        failures.count(&name("ann"), at(0));
        failures.count(&name("ann"), at(0));
        assert_eq!(failures.wait(&name("ann"), at(-3600)), None);
    }

    #[test]
    fn however_many_names_are_tried_only_so_many_are_remembered() {
        let failures = LocalLoginFailures { windows_max: 10, ..LocalLoginFailures::new(RULE) };
        failures.count(&name("ann"), at(0));
        failures.count(&name("ann"), at(0));
        for number in 0..500 {
            failures.count(&name(&number.to_string()), at(1));
            assert!(failures.windows.lock().unwrap().len() <= 10);
        }
        assert!(failures.wait(&name("ann"), at(1)).is_some(), "who failed most is remembered longest");
    }
}
