//! One login that is being tried.

use crate::{Problem, Shell};
use std::net::IpAddr;
use throttle::Tried;

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
        failures.wait(&self.0, shell.clock.now()).map_or(Ok(()), |wait| Err(Problem::throttled(wait)))
    }

    /// It failed.
    pub(crate) fn fail(&self, shell: &Shell) {
        if let Some(failures) = shell.budgets.login_failures() {
            failures.count(&self.0, shell.clock.now());
        }
    }
}
