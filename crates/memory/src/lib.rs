#![doc = include_str!("../README.md")]

mod audit;
mod auth;
mod categories;
mod chat;
mod checks;
mod idempotency;
mod ledger;
mod state;
mod store;
mod table;
mod users;

pub use store::MemoryStore;

/// The workspace's README: its example must run too, and this crate knows all that it uses.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct WorkspaceReadme;
