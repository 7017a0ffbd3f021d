//! What a run adds up to.

use std::time::Duration;

/// What one connection saw.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// How long each good answer took.
    pub(crate) times: Vec<Duration>,
    /// From the first request to the last answer.
    pub(crate) elapsed: Duration,
    /// Answers with a status other than 2xx.
    pub(crate) refusals: usize,
    /// Why the connection was given up before its time.
    pub(crate) failure: Option<String>,
}

/// The sum of all connections, in whole numbers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Report {
    /// Good answers.
    answers: usize,
    /// Answers with another status than 2xx.
    refusals: usize,
    /// Why connections were given up.
    failures: Vec<String>,
    /// How long the slowest connection took.
    elapsed_us: u128,
    /// Half of the answers took no longer.
    p50_us: u128,
    /// All but one in a hundred took no longer.
    p99_us: u128,
    /// The slowest answer.
    max_us: u128,
}

impl Report {
    /// Adds up.
    pub(crate) fn of(outcomes: Vec<Outcome>) -> Self {
        let elapsed = outcomes.iter().map(|outcome| outcome.elapsed).max().unwrap_or_default();
        let refusals = outcomes.iter().map(|outcome| outcome.refusals).sum();
        let (times, failures): (Vec<_>, Vec<_>) =
            outcomes.into_iter().map(|outcome| (outcome.times, outcome.failure)).unzip();
        let mut times = times.concat();
        times.sort_unstable();
        Self {
            answers: times.len(),
            refusals,
            failures: failures.into_iter().flatten().collect(),
            elapsed_us: elapsed.as_micros(),
            p50_us: percentile(&times, 50).as_micros(),
            p99_us: percentile(&times, 99).as_micros(),
            max_us: percentile(&times, 100).as_micros(),
        }
    }

    /// One line for the script that asked.
    pub(crate) fn to_json(&self) -> String {
        let Self { answers, refusals, failures, elapsed_us, p50_us, p99_us, max_us } = self;
        format!(
            "{{\"answers\": {answers}, \"refusals\": {refusals}, \"failures\": {failures:?}, \"elapsed_us\": {elapsed_us}, \
             \"p50_us\": {p50_us}, \"p99_us\": {p99_us}, \"max_us\": {max_us}}}"
        )
    }
}

/// The time that `percent` of the sorted times do not exceed.
fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(times: &[u64], refusals: usize) -> Outcome {
        let times: Vec<_> = times.iter().copied().map(Duration::from_micros).collect();
        Outcome { elapsed: times.iter().sum(), times, refusals, failure: None }
    }

    #[test]
    fn percentiles_are_times_that_were_seen() {
        let times: Vec<_> = (1..=200).map(Duration::from_micros).collect();
        assert_eq!(percentile(&times, 50), Duration::from_micros(100));
        assert_eq!(percentile(&times, 99), Duration::from_micros(198));
        assert_eq!(percentile(&[], 99), Duration::ZERO);
    }

    #[test]
    fn a_run_is_as_long_as_its_slowest_connection() {
        let report = Report::of(vec![outcome(&[10, 20], 1), outcome(&[100], 0)]);
        assert_eq!(
            report.to_json(),
            "{\"answers\": 3, \"refusals\": 1, \"failures\": [], \"elapsed_us\": 100, \"p50_us\": 20, \"p99_us\": 100, \
             \"max_us\": 100}"
        );
    }
}
