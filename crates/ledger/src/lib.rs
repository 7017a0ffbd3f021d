#![doc = include_str!("../README.md")]

mod entry_file;
mod error;
mod forms;
mod model;
mod ports;
mod summary;
mod use_cases;

pub use entry_file::{
    ExternalId, FaultyRow, FaultyRows, FileRow, FiledEntry, ImportMode, Imported, ImportedEntry, RowFault,
};
pub use error::LedgerError;
pub use model::{Amount, Entry, EntryChanges, EntryDraft, EntryId, Filing, Side};
pub use ports::{LedgerRepository, MissingReferences};
pub use summary::{Group, Grouping, Sum, Summary, Totals};
pub use use_cases::*;
