//! What the clauses of lists that are read in parts have in common.

use crate::contract::sample::read;
use crate::{Store, Tx};
use kernel::{PageRequest, Position, StoreError, Uuid};

/// A part of a list, each row by a name of its own.
type Part = Result<Vec<(Position, String)>, StoreError>;

/// Reads a list from its beginning, up to so many rows.
type ReadWhole = Box<dyn Fn(&mut dyn Tx, u32) -> Result<Vec<String>, StoreError>>;
/// Reads a part of it.
type ReadPart = Box<dyn Fn(&mut dyn Tx, PageRequest) -> Part>;

/// A list: as a whole, and in parts.
pub(super) struct List {
    whole: ReadWhole,
    part: ReadPart,
}

impl List {
    /// The list that a port gives by these two methods.
    pub(super) fn new(
        whole: impl Fn(&mut dyn Tx, u32) -> Result<Vec<String>, StoreError> + 'static,
        part: impl Fn(&mut dyn Tx, PageRequest) -> Part + 'static,
    ) -> Self {
        Self { whole: Box::new(whole), part: Box::new(part) }
    }

    /// Reads a part of it.
    pub(super) fn part(&self, store: &dyn Store, after: Position, limit: u32) -> Vec<(Position, String)> {
        read(store, |tx| (self.part)(tx, PageRequest { after, limit }))
    }

    /// Reads it part by part; between two parts something else happens.
    pub(super) fn walk(&self, store: &dyn Store, limit: u32, mut meanwhile: impl FnMut()) -> Vec<String> {
        let (mut seen, mut after) = (Vec::new(), Position::START);
        loop {
            let rows = self.part(store, after, limit);
            let Some((end, _)) = rows.last() else { return seen };
            after = *end;
            seen.extend(rows.into_iter().map(|(_, name)| name));
            meanwhile();
        }
    }

    /// Parts of any size, one after the other, are the whole list in its order; each is as long as wanted, but for the
    /// last. A list that is cut at a limit is its beginning.
    pub(super) fn must_be_made_of_its_parts(&self, store: &dyn Store) {
        let whole = read(store, |tx| (self.whole)(tx, u32::MAX));
        assert_eq!(whole.len(), 7, "the clause stores seven rows");
        for limit in 1..=8 {
            assert_eq!(self.walk(store, limit, || ()), whole);
        }
        assert_eq!(self.part(store, Position::START, 3).len(), 3);
        assert_eq!(self.part(store, Position(i64::MAX), 3), []);
        for (limit, length) in [(0, 0), (1, 1), (6, 6), (7, 7), (8, 7)] {
            assert_eq!(read(store, |tx| (self.whole)(tx, limit)), whole[..length], "the beginning of the list");
        }
    }

    /// What is hidden is in no part, and takes no room in one.
    pub(super) fn must_show_only(&self, store: &dyn Store, shown: &[String]) {
        for limit in 1..=4 {
            assert_eq!(self.walk(store, limit, || ()), shown);
        }
        assert_eq!(self.part(store, Position::START, 2).len(), shown.len().min(2));
    }
}

/// The rows of a whole list by their names.
pub(super) fn named<T>(rows: &[T], name: impl Fn(&T) -> String) -> Vec<String> {
    rows.iter().map(name).collect()
}

/// The rows of a part by their names, with their positions.
pub(super) fn placed<T>(rows: &[(Position, T)], name: impl Fn(&T) -> String) -> Vec<(Position, String)> {
    rows.iter().map(|(position, row)| (*position, name(row))).collect()
}

/// The name of the row with the identifier of this number.
pub(super) fn name(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}
