//! Rows in the order of insertion, found by key.

use crate::checks::length;
use kernel::{PageRequest, Position};
use std::collections::BTreeMap;
use std::ops::Bound;

/// A table. Rows never move, and positions are never reused.
#[derive(Debug, Clone)]
pub(crate) struct Table<K, R> {
    rows: BTreeMap<Position, R>,
    positions: BTreeMap<K, Position>,
    /// The highest position that was ever assigned.
    last: Position,
}

impl<K, R> Default for Table<K, R> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), positions: BTreeMap::new(), last: Position::START }
    }
}

impl<K: Copy + Ord, R> Table<K, R> {
    /// Appends a row with a new key.
    pub(crate) fn insert(&mut self, key: K, row: R) {
        self.last = Position(self.last.0 + 1);
        self.positions.insert(key, self.last);
        self.rows.insert(self.last, row);
    }

    pub(crate) fn contains(&self, key: K) -> bool {
        self.positions.contains_key(&key)
    }

    pub(crate) fn get(&self, key: K) -> Option<&R> {
        self.rows.get(self.positions.get(&key)?)
    }

    pub(crate) fn get_mut(&mut self, key: K) -> Option<&mut R> {
        self.rows.get_mut(self.positions.get(&key)?)
    }

    /// All rows, in their order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &R> {
        self.rows.values()
    }

    /// The first of the wanted rows.
    pub(crate) fn list(&self, is_wanted: impl Fn(&R) -> bool, limit: u32) -> impl Iterator<Item = &R> {
        self.rows().filter(move |row| is_wanted(row)).take(length(limit))
    }

    /// A page of the wanted rows, each with its position.
    pub(crate) fn part(
        &self,
        is_wanted: impl Fn(&R) -> bool,
        request: PageRequest,
    ) -> impl Iterator<Item = (Position, &R)> {
        let after = self.rows.range((Bound::Excluded(request.after), Bound::Unbounded));
        after.filter(move |(_, row)| is_wanted(row)).take(length(request.limit)).map(|(position, row)| (*position, row))
    }

    /// Removes a row; returns whether it existed.
    pub(crate) fn remove(&mut self, key: K) -> bool {
        self.positions.remove(&key).is_some_and(|position| self.rows.remove(&position).is_some())
    }

    /// Removes all rows that are not to be kept.
    pub(crate) fn retain(&mut self, is_kept: impl Fn(&R) -> bool) {
        self.rows.retain(|_, row| is_kept(row));
        let rows = &self.rows;
        self.positions.retain(|_, position| rows.contains_key(position));
    }
}
