#![doc = include_str!("../README.md")]

mod allowance;
mod buckets;
mod local_login_failures;
mod login_failures;
mod via_redis;

pub use allowance::{Allowance, Meter};
pub use buckets::{Buckets, BudgetStatus};
pub use local_login_failures::LocalLoginFailures;
pub use login_failures::{FailureRule, LoginFailures, LoginKey};
pub use via_redis::{CountersCarrier, RedisCounters, SharedLoginFailures};
