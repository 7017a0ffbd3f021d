//! How a client stands with its budgets, and how answers say so.

use crate::problem::{Problem, seconds_up};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use throttle::BudgetStatus;

/// Says how much is left of each budget (draft-ietf-httpapi-ratelimit-headers-10).
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
/// Says how large each budget is.
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// How a client stands with all of its budgets; with none when budgets are off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Charge(pub(super) Vec<BudgetStatus>);

impl Charge {
    /// The budget that refuses; the one with the longest wait, if several do.
    pub(crate) fn refused_by(&self) -> Option<&BudgetStatus> {
        self.0.iter().filter(|status| status.wait.is_some()).max_by_key(|status| status.wait)
    }

    /// The refusal, if there is one.
    pub(crate) fn refusal(&self) -> Option<Problem> {
        self.refused_by().and_then(|status| status.wait).map(Problem::throttled)
    }

    /// Adds what every answer carries.
    pub(crate) fn add_headers(&self, headers: &mut HeaderMap) {
        let policy = |it: &BudgetStatus| format!("\"{}\";q={};w={}", it.name, it.quota, seconds_up(it.window));
        let state = |it: &BudgetStatus| format!("\"{}\";r={};t={}", it.name, it.left, seconds_up(it.full_in));
        self.insert(RATE_LIMIT_POLICY, policy, headers);
        self.insert(RATE_LIMIT, state, headers);
    }

    fn insert(&self, name: HeaderName, item: impl Fn(&BudgetStatus) -> String, headers: &mut HeaderMap) {
        let line = self.0.iter().map(item).collect::<Vec<_>>().join(", ");
        if let Ok(value) = HeaderValue::try_from(line)
            && !value.is_empty()
        {
            headers.insert(name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn status(name: &'static str, wait: Option<Duration>) -> BudgetStatus {
        let full_in = Duration::from_millis(1001);
        BudgetStatus { name, quota: 100, window: Duration::from_secs(10), left: 7, full_in, wait }
    }

    #[test]
    fn answers_say_what_is_left_of_each_budget() {
        let mut headers = HeaderMap::new();
        Charge(vec![status("address", None), status("user", None)]).add_headers(&mut headers);
        assert_eq!(headers.get(RATE_LIMIT).unwrap(), "\"address\";r=7;t=2, \"user\";r=7;t=2");
        assert_eq!(headers.get(RATE_LIMIT_POLICY).unwrap(), "\"address\";q=100;w=10, \"user\";q=100;w=10");
    }

    #[test]
    fn without_budgets_nothing_is_said() {
        let mut headers = HeaderMap::new();
        Charge::default().add_headers(&mut headers);
        assert!(headers.is_empty() && Charge::default().refusal().is_none());
    }

    #[test]
    fn the_longest_wait_is_told() {
        let second = Duration::from_secs(1);
        let charge = Charge(vec![status("address", Some(second)), status("user", Some(second * 3))]);
        assert_eq!(charge.refused_by().unwrap().name, "user");
        let detail = "Request was throttled. Expected available in 3 seconds.";
        assert_eq!(charge.refusal().unwrap().sentence(), detail);
    }
}
