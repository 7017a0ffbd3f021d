//! Times as clients read them.

use kernel::Instant;
use kernel::chrono::{NaiveTime, Timelike};

/// `HH:MM:SS`, with six decimals when there are any.
pub(crate) fn time(time: NaiveTime) -> String {
    let format = if time.nanosecond() == 0 { "%H:%M:%S" } else { "%H:%M:%S%.6f" };
    time.format(format).to_string()
}

/// `YYYY-MM-DDTHH:MM:SSZ`, with six decimals when there are any.
pub(crate) fn timestamp(at: Instant) -> String {
    format!("{}T{}Z", at.date(), time(at.time()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::chrono::DateTime;

    fn written(microseconds: i64) -> String {
        timestamp(Instant::new(DateTime::from_timestamp_micros(1_795_215_860_000_000 + microseconds).unwrap()))
    }

    #[test]
    fn decimals_are_six_or_none() {
        assert_eq!(written(0), "2026-11-20T23:04:20Z");
        assert_eq!(written(500_000), "2026-11-20T23:04:20.500000Z");
        assert_eq!(written(827_822), "2026-11-20T23:04:20.827822Z");
    }
}
