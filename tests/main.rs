//! The built binary, driven over HTTP and WebSocket as its clients drive it, on SQLite and on PostgreSQL.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test says what went wrong by stopping there, and the switches for tests do not reach their helpers"
)]

#[macro_use]
mod support;

mod chat_faults;
mod conventions;
mod faults;
mod from_django;
mod front_end;
mod household;
mod long_ledgers;
mod lost_updates;
mod openapi;
mod paging;
mod redis_tls;
mod repetition;
mod rolling_restart;
mod several_nodes;
mod shared_limits;
mod support_desk;
mod torture;
