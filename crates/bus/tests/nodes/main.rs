//! What every bus must do, and what the bus of several nodes does when Redis goes away.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what went wrong by stopping there, and the switches for tests do not reach their helpers"
)]

mod contract;
mod node;
mod outages;
mod redis_server;
