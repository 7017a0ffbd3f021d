//! One login that is being tried.

use super::Budgets;
use crate::problem::Problem;
use kernel::Instant;
use std::net::IpAddr;
use throttle::LoginKey;

/// One login that is being tried.
#[derive(Debug, Clone)]
pub struct LoginAttempt([LoginKey; 2]);

impl LoginAttempt {
    /// A login under this name, from this network.
    pub fn new(name: &str, network: IpAddr) -> Self {
        Self([LoginKey::Name(name.to_owned()), LoginKey::Network(network)])
    }

    /// Whether it may be tried.
    ///
    /// # Errors
    /// 429 after too many failures.
    pub fn check(&self, budgets: &Budgets, now: Instant) -> Result<(), Problem> {
        let Some(failures) = budgets.login_failures() else { return Ok(()) };
        failures.wait(&self.0, now).map_or(Ok(()), |wait| Err(Problem::throttled(wait)))
    }

    /// It failed.
    pub fn fail(&self, budgets: &Budgets, now: Instant) {
        if let Some(failures) = budgets.login_failures() {
            failures.count(&self.0, now);
        }
    }
}
