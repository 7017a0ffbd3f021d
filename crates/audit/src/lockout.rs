//! When failed logins lock an account, and for how long.

use kernel::Instant;

/// How long a lock lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockTime {
    /// Seconds, more than zero.
    Seconds(i64),
    /// Until an administrator unlocks the account.
    UntilUnlocked,
}

/// The rule: one failure more than allowed within the window locks the account's logins for a time.
///
/// Failures count from the last unlocking on. Those made while the account is locked do not count, so that a flood of
/// them cannot make a lock longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockoutRule {
    /// Failures that are still forgiven within the window.
    pub failures_allowed: u32,
    /// Length of the window in seconds.
    pub window_seconds: i64,
    /// How long the lock lasts.
    pub lock_time: LockTime,
}

impl LockoutRule {
    /// How long a superuser is locked where everybody else would be locked until unlocked: the owner of the system is
    /// slowed down, never shut out.
    const SUPERUSER_LOCK_SECONDS: i64 = 15 * 60;

    /// The moment from which failures count, for a failure at `now`.
    pub fn window_start(&self, now: Instant, counted_from: Option<Instant>) -> Instant {
        let start = now.plus_seconds(-self.window_seconds);
        counted_from.map_or(start, |from| start.max(from))
    }

    /// Until when an account is locked after `failures` (the newest included) within the window; `None` if it is not.
    pub fn locked_until(&self, now: Instant, failures: u32, is_superuser: bool) -> Option<Instant> {
        if failures <= self.failures_allowed {
            return None;
        }
        Some(match self.lock_time {
            LockTime::Seconds(seconds) => now.plus_seconds(seconds),
            LockTime::UntilUnlocked if is_superuser => now.plus_seconds(Self::SUPERUSER_LOCK_SECONDS),
            LockTime::UntilUnlocked => Instant::FAR_FUTURE,
        })
    }
}

impl Default for LockoutRule {
    /// The fourth failure within 3 minutes locks for 15 minutes.
    fn default() -> Self {
        Self { failures_allowed: 3, window_seconds: 180, lock_time: LockTime::Seconds(15 * 60) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::chrono::DateTime;

    fn at(seconds: i64) -> Instant {
        Instant::new(DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap())
    }

    #[test]
    fn the_fourth_failure_locks_for_a_quarter_of_an_hour() {
        let rule = LockoutRule::default();
        assert_eq!(rule.locked_until(at(0), 3, false), None);
        assert_eq!(rule.locked_until(at(0), 4, false), Some(at(900)));
    }

    #[test]
    fn only_failures_of_the_last_three_minutes_since_the_last_unlocking_count() {
        let rule = LockoutRule::default();
        assert_eq!(rule.window_start(at(0), None), at(-180));
        assert_eq!(rule.window_start(at(0), Some(at(-10))), at(-10));
        assert_eq!(rule.window_start(at(0), Some(at(-500))), at(-180));
    }

    #[test]
    fn a_lock_without_end_spares_superusers() {
        let rule = LockoutRule { lock_time: LockTime::UntilUnlocked, ..LockoutRule::default() };
        assert_eq!(rule.locked_until(at(0), 4, false), Some(Instant::FAR_FUTURE));
        assert_eq!(rule.locked_until(at(0), 4, true), Some(at(900)));
    }
}
