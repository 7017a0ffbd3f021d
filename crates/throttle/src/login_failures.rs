//! Failed logins: after a number of failures per login name or address, further attempts wait for the end of the window.

use kernel::Instant;
use std::net::IpAddr;
use std::time::Duration;

/// What failures are counted for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LoginKey {
    /// A login name, trimmed and in lower case, whether somebody has it or not.
    Name(String),
    /// The network that the login came from.
    Network(IpAddr),
}

/// Counts failed logins. Called on threads that may wait briefly, and MUST NOT wait longer: a counter that is away allows
/// every attempt.
pub trait LoginFailures: Send + Sync {
    /// How long the next attempt must wait: the longest time of all of these; `None` when it is allowed.
    fn wait(&self, keys: &[LoginKey], now: Instant) -> Option<Duration>;

    /// Counts a failure for each of these. Calls of `wait` after this returns MUST include it.
    fn count(&self, keys: &[LoginKey], now: Instant);
}

/// The allowed number of failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailureRule {
    /// Failures for one login name.
    pub per_name: u32,
    /// Failures from one network.
    pub per_network: u32,
    /// The length of the window in seconds, from the first failure on.
    pub window_seconds: i64,
}

impl FailureRule {
    /// How many failures are allowed.
    pub(crate) fn allowed(self, key: &LoginKey) -> u32 {
        match key {
            LoginKey::Name(_) => self.per_name,
            LoginKey::Network(_) => self.per_network,
        }
    }
}

impl Default for FailureRule {
    fn default() -> Self {
        Self { per_name: 10, per_network: 60, window_seconds: 300 }
    }
}
