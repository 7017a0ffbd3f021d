//! Failed logins: so many in a window for one login name and for one address, then nobody tries for the rest of it.

use kernel::Instant;
use std::net::IpAddr;
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
    /// How long nobody may try: the longest time of all of these; `None` when one may.
    fn wait(&self, tried: &[Tried], now: Instant) -> Option<Duration>;

    /// Counts a failure for each of these. Whoever asks after this returns MUST be told of it.
    fn count(&self, tried: &[Tried], now: Instant);
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

impl FailureRule {
    /// How many failures are allowed.
    pub(crate) fn allowed(self, tried: &Tried) -> u32 {
        match tried {
            Tried::Name(_) => self.per_name,
            Tried::Network(_) => self.per_network,
        }
    }
}

impl Default for FailureRule {
    fn default() -> Self {
        Self { per_name: 10, per_network: 60, window_seconds: 300 }
    }
}
