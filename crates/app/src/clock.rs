//! The machine's clock.

use kernel::chrono::DateTime;
use kernel::{Clock, Instant};
use std::time::{SystemTime, UNIX_EPOCH};

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine for the time")]
    fn now(&self) -> Instant {
        // A clock before 1970 counts as 1970: for any correct clock, tokens of that time have expired.
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let seconds = i64::try_from(since_1970.as_secs()).unwrap_or(i64::MAX);
        DateTime::from_timestamp(seconds, since_1970.subsec_nanos()).map_or(Instant::FAR_FUTURE, Instant::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_goes_forward_and_knows_the_century() {
        let first = SystemClock.now();
        assert!(first.date().to_string().as_str() > "2026-01-01");
        assert!(SystemClock.now() >= first);
    }
}
