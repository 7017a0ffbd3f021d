//! Entries, in a table.

mod entries;
mod entry_files;
mod rows;
mod schema;
mod sums;
