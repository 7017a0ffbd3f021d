//! Entries on their way into other books and back: what a row of a file says, and what is wrong with it.

use crate::Entry;
use kernel::{FieldErrors, FieldFault, Form, Text};

/// What another system calls an entry. It is one entry's alone among those of its owner on one side.
pub type ExternalId = Text<255>;

/// An entry as it leaves: with the names of what it is filed under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledEntry {
    /// The entry.
    pub entry: Entry,
    /// What another system called it, when it came from there.
    pub external_id: Option<ExternalId>,
    /// What its category is called.
    pub category_name: String,
    /// What its subcategory is called; incomes have none.
    pub subcategory_name: Option<String>,
}

impl FiledEntry {
    /// What other systems call the entry: the name that it came with, or else its identifier.
    pub fn external_id(&self) -> String {
        self.external_id.as_ref().map_or_else(|| self.entry.id.to_string(), ToString::to_string)
    }
}

/// An entry that came from another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedEntry {
    /// The entry.
    pub entry: Entry,
    /// What that system calls it; `None` when it has no name for it.
    pub external_id: Option<ExternalId>,
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// Its number as a spreadsheet shows it: the header is row 1. Lines with nothing in them are no rows.
    pub number: u32,
    /// Its cells by the names of their columns.
    pub cells: Form,
}

/// What is wrong with a cell of a row, or with the row as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowFault {
    /// What a field of a form could have.
    Field(FieldFault),
    /// Several things are called so.
    Ambiguous,
    /// The value stands in another row of the same file.
    Repeated {
        /// The number of that row.
        row: u32,
    },
    /// The row has more or fewer cells than there are columns.
    WrongLength {
        /// How many columns there are.
        expected: usize,
        /// How many cells there are.
        found: usize,
    },
    /// The file has more than `max` rows.
    TooManyRows {
        /// The most rows allowed.
        max: u32,
    },
}

/// What is wrong with a row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultyRow {
    /// Its number; see [`FileRow::number`].
    pub number: u32,
    /// What is wrong with its cells, by the names of their columns.
    pub errors: FieldErrors<RowFault>,
}

/// What is wrong with the rows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FaultyRows {
    /// The first faulty rows.
    pub rows: Vec<FaultyRow>,
    /// Whether the file was not read to its end, because that many were found.
    pub may_be_more: bool,
}

/// Whether an import changes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportMode {
    /// Nothing is changed; it is said what would be done.
    DryRun,
    /// It is done.
    Commit,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Rows that became entries.
    pub created: u32,
    /// Rows whose entries were there already; they were left as they are.
    pub known: u32,
}
