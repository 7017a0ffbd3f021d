//! Failed logins, counted for all nodes.

use super::counters::RedisCounters;
use crate::{FailureRule, LocalLoginFailures, LoginFailures, LoginKey};
use kernel::Instant;
use std::time::Duration;

/// Counts for all nodes, and on this node as well, so that failures on this node count without Redis, too.
#[derive(Debug)]
pub struct SharedLoginFailures {
    rule: FailureRule,
    here: LocalLoginFailures,
    everywhere: RedisCounters,
}

impl SharedLoginFailures {
    /// Nothing counted yet on this node.
    pub fn new(rule: FailureRule, everywhere: RedisCounters) -> Self {
        Self { rule, here: LocalLoginFailures::new(rule), everywhere }
    }
}

impl LoginFailures for SharedLoginFailures {
    fn wait(&self, keys: &[LoginKey], now: Instant) -> Option<Duration> {
        self.here.wait(keys, now).max(self.everywhere.wait(keys, |key| self.rule.allowed(key)))
    }

    fn count(&self, keys: &[LoginKey], now: Instant) {
        self.here.count(keys, now);
        let window = Duration::from_secs(u64::try_from(self.rule.window_seconds).unwrap_or_default());
        self.everywhere.count(keys, window);
    }
}
