#![doc = include_str!("../README.md")]

mod error;
mod forms;
mod model;
mod ports;
mod summary;
mod transfer;
mod use_cases;

pub use error::LedgerError;
pub use model::{Amount, Entry, EntryChanges, EntryDraft, EntryId, Filing, Side};
pub use ports::{LedgerRepository, MissingReferences};
pub use summary::{Group, Grouping, Sum, Summary, Totals};
pub use transfer::{
    ExternalId, FaultyRow, FaultyRows, FileRow, FiledEntry, Imported, ImportedEntry, Rehearsal, RowFault,
};
pub use use_cases::*;
