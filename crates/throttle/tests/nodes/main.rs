//! What every counter of failures must do, and what nodes on one Redis know of each other.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what went wrong by stopping there, and the switches for tests do not reach their helpers"
)]

mod contract;
mod outages;
#[path = "../../../bus/tests/nodes/redis_server.rs"]
mod redis_server;
mod spending;

use kernel::Instant;
use kernel::chrono::DateTime;
use redis_link::RedisUrl;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::net::IpAddr;
use std::thread;
use std::time::{self, Duration};
use throttle::{FailureRule, LoginFailures, LoginKey, RedisCounters, SharedLoginFailures};
use tokio::runtime::Builder;

/// How long anything may take. Nobody waits this long unless something is broken.
const PATIENCE: Duration = Duration::from_secs(60);

const RULE: FailureRule = FailureRule { per_name: 3, per_network: 5, window_seconds: 3600 };

/// What names begin with that nobody else uses.
fn random_prefix() -> String {
    format!("test:{}:", RandomState::new().hash_one(0))
}

/// The counters of one node, which connect soon. The thread behind them ends with them.
fn counters(url: &str, prefix: &str, patience: Duration) -> RedisCounters {
    let client = url.parse::<RedisUrl>().unwrap().client().unwrap();
    let (counters, carrier) = RedisCounters::new(client, prefix, b"a secret that all nodes share", patience);
    thread::spawn(|| Builder::new_current_thread().enable_all().build().unwrap().block_on(carrier.run()));
    counters
}

fn failures(url: &str, prefix: &str, rule: FailureRule) -> SharedLoginFailures {
    SharedLoginFailures::new(rule, counters(url, prefix, PATIENCE))
}

fn name(name: &str) -> [LoginKey; 1] {
    [LoginKey::Name(name.to_owned())]
}

fn network(last: u8) -> [LoginKey; 1] {
    [LoginKey::Network(IpAddr::from([192, 0, 2, last]))]
}

fn start() -> Instant {
    Instant::new(DateTime::from_timestamp(1_800_000_000, 0).unwrap())
}

/// Waits until something is so.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let since = time::Instant::now();
    while !is_so() {
        assert!(since.elapsed() < PATIENCE, "never came: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Waits until what fails on one node is known on the other one.
fn are_in_touch(here: &dyn LoginFailures, there: &dyn LoginFailures) {
    let probe = name(&random_prefix());
    until("the nodes hear of each other", || {
        here.count(&probe, start());
        there.wait(&probe, start()).is_some()
    });
    let probe = name(&random_prefix());
    until("they do both ways", || {
        there.count(&probe, start());
        here.wait(&probe, start()).is_some()
    });
}
