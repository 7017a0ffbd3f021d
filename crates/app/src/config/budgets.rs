//! The settings of budgets.

use super::reader::Reader;
use http::BudgetRules;
use throttle::{Allowance, FailureRule};

/// The settings of budgets.
#[derive(Debug)]
pub(crate) struct BudgetsConfig {
    /// The budgets; `None` when they are off.
    pub(crate) rules: Option<(BudgetRules, FailureRule)>,
    /// How many sockets each user may have open.
    pub(crate) sockets_per_user: usize,
}

impl BudgetsConfig {
    /// Reads and checks the settings.
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let is_on = match reader.text("rate_limit").as_deref() {
            Some("on") => true,
            Some("off") => false,
            _ => {
                reader.refuse("rate_limit", "must be on or off");
                false
            }
        };
        let mut allowance = |key: &str| Allowance {
            per_second: reader.number(&format!("{key}_per_second"), 1, 1_000_000),
            burst: reader.number(&format!("{key}_burst"), 1, 1_000_000),
        };
        let rules = BudgetRules {
            per_address: allowance("rate_limit_address"),
            per_user: allowance("rate_limit_user"),
            per_socket: allowance("chat_frames"),
        };
        let failures = FailureRule {
            per_name: reader.number("login_failures_per_name", 1, 1_000_000),
            per_network: reader.number("login_failures_per_address", 1, 1_000_000),
            window_seconds: reader.number("login_failures_window_seconds", 1, 86_400),
        };
        let sockets_per_user = reader.number("sockets_per_user", 1, 1_000_000);
        Self { rules: is_on.then_some((rules, failures)), sockets_per_user }
    }
}
