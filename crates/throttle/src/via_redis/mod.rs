//! Counters in a Redis that all nodes share.

mod counters;
mod link;
mod login_failures;
mod names;

pub use counters::{CountersCarrier, RedisCounters};
pub use login_failures::SharedLoginFailures;
