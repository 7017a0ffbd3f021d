//! What this crate asks of a store. Every method works inside one open transaction.

use crate::{Entry, EntryId, ExternalId, FiledEntry, Grouping, ImportedEntry, Side, Sum};
use kernel::{CategoryId, PageRequest, Period, Position, StoreError, SubcategoryId, UserId};
use std::collections::HashSet;

/// Which references point at nothing. A reference that was not asked for is never missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MissingReferences {
    /// The category is not there.
    pub category_missing: bool,
    /// The subcategory is not there.
    pub subcategory_missing: bool,
}

/// The entries of everybody's ledger.
pub trait LedgerRepository {
    /// Adds an entry, if its category and subcategory are there; `false` when one is not, and then nothing MUST be added.
    /// An owner that is not there (any more) MUST be a lost race, so that the work is done again; so may be what went away
    /// at that moment.
    fn insert_entry(&mut self, entry: &Entry) -> Result<bool, StoreError>;

    /// Adds entries in this order, under their external identifiers. An owner, category or subcategory that is not there
    /// MUST be a lost race, and so MUST be an external identifier that another entry of the same owner and side has.
    fn insert_entries(&mut self, entries: &[ImportedEntry]) -> Result<(), StoreError>;

    /// Which of these names are an entry's of this owner on this side: its external identifier or, for an entry without
    /// one, its own.
    fn find_known_external_ids(
        &mut self,
        side: Side,
        owner: UserId,
        names: &[ExternalId],
    ) -> Result<HashSet<ExternalId>, StoreError>;

    /// Finds an entry of this owner on this side.
    fn find_entry(&mut self, side: Side, owner: UserId, id: EntryId) -> Result<Option<Entry>, StoreError>;

    /// The owner's entries on this side within the period, oldest insertion first; the first `limit` of them when there
    /// are more.
    fn list_entries(
        &mut self,
        side: Side,
        owner: UserId,
        period: &Period,
        limit: u32,
    ) -> Result<Vec<Entry>, StoreError>;

    /// The first of the owner's entries on this side within the period that stand after a position, with their positions, oldest
    /// insertion first; at most as many as wanted. Positions MUST be in the order of `list_entries`, MUST stay with their
    /// entries, and MUST mean the same whatever the period. An entry that stays MUST come once to whoever goes on after the
    /// last position it was given, whatever others insert and remove meanwhile.
    fn list_entries_after(
        &mut self,
        side: Side,
        owner: UserId,
        period: &Period,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Entry)>, StoreError>;

    /// What `list_entries_after` answers, with the names of what the entries are filed under, as they are called now.
    fn list_filed_entries_after(
        &mut self,
        side: Side,
        owner: UserId,
        period: &Period,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, FiledEntry)>, StoreError>;

    /// What the owner's entries within the period come to, exactly: one sum for each group and side that has entries, in any
    /// order, from one statement. Categories and subcategories MUST be called what they are called now.
    fn sum_entries(&mut self, owner: UserId, period: &Period, grouping: Grouping) -> Result<Vec<Sum>, StoreError>;

    /// Stores what an entry says; identity, side, owner and position in lists stay. An entry that is not there is left
    /// alone; a category or subcategory that is not there MUST be a lost race.
    fn update_entry(&mut self, entry: &Entry) -> Result<(), StoreError>;

    /// Removes an entry of this owner on this side; `false` when it was not there.
    fn delete_entry(&mut self, side: Side, owner: UserId, id: EntryId) -> Result<bool, StoreError>;

    /// Removes every entry of this owner, on both sides, with their external identifiers.
    fn delete_entries_of(&mut self, owner: UserId) -> Result<(), StoreError>;

    /// The categories that are called exactly so; no more than two, which is enough to know that the name is not one's
    /// alone.
    fn find_categories_named(&mut self, name: &str) -> Result<Vec<CategoryId>, StoreError>;

    /// The subcategories of this category, or of any, that are called exactly so; no more than two.
    fn find_subcategories_named(
        &mut self,
        name: &str,
        category: Option<CategoryId>,
    ) -> Result<Vec<SubcategoryId>, StoreError>;

    /// Which of these references point at nothing.
    fn find_missing_references(
        &mut self,
        category: Option<CategoryId>,
        subcategory: Option<SubcategoryId>,
    ) -> Result<MissingReferences, StoreError>;
}
