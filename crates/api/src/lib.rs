#![doc = include_str!("../README.md")]

mod accounts;
mod body;
mod budgets;
mod call;
mod categories;
mod chat_socket;
mod chats;
mod client;
mod conditions;
mod creation;
mod credentials;
mod cursors;
mod endpoint;
mod entries;
mod expenses;
mod hashing;
mod incomes;
mod login_logs;
mod metrics;
mod middleware;
mod openapi;
mod paging;
mod problem;
mod reply;
mod root;
mod routes;
mod running;
mod sentences;
mod shutdown;
mod state;
mod subcategories;
mod summary;
mod traces;
mod users;
mod wire;

pub use budgets::{
    Allowance, BudgetRules, Budgets, FailureRule, LocalLoginFailures, LoginFailures, SocketPlaces, Tried,
};
pub use call::{Call, blocking};
pub use client::TrustedProxies;
pub use cursors::Cursors;
pub use endpoint::Endpoint;
pub use hashing::HashingPool;
pub use metrics::{Metrics, PoolReading, SpanOutcome};
pub use middleware::{AllowedHosts, Cors};
pub use openapi::openapi;
pub use problem::{ERROR_CODE, Problem};
pub use reply::{Answer, Reply};
pub use routes::app;
pub use running::{Running, RunningRequests};
pub use sentences::for_field as sentence_for_field;
pub use shutdown::Shutdown;
pub use state::{ChatSettings, Limits, Shell};
pub use traces::{Traces, mark_failed};
