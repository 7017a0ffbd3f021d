#![doc = include_str!("../README.md")]

mod error;
mod model;
mod ports;
mod use_cases;

pub use error::LedgerError;
pub use model::{Entry, EntryDraft, EntryId, Side};
pub use ports::{LedgerRepository, MissingReferences};
pub use use_cases::*;
