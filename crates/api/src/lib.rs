#![doc = include_str!("../README.md")]

mod accounts;
mod body;
mod call;
mod categories;
mod chat_socket;
mod chats;
mod credentials;
mod endpoint;
mod entries;
mod expenses;
mod hashing;
mod incomes;
mod login_logs;
mod middleware;
mod openapi;
mod problem;
mod reply;
mod root;
mod routes;
mod sentences;
mod shutdown;
mod state;
mod subcategories;
mod users;
mod wire;

pub use call::{Call, blocking};
pub use endpoint::Endpoint;
pub use hashing::HashingPool;
pub use middleware::{AllowedHosts, Cors};
pub use openapi::openapi;
pub use problem::{ERROR_CODE, Problem};
pub use reply::{Answer, Reply};
pub use routes::app;
pub use sentences::for_field as sentence_for_field;
pub use shutdown::Shutdown;
pub use state::{ChatSettings, Limits, Shell};
