//! What this crate asks of a store. Every method works inside one open transaction.

use crate::{Entry, EntryId, Grouping, Side, Sum};
use kernel::{CategoryId, PageRequest, Period, Place, StoreError, SubcategoryId, UserId};

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

    /// The first of the owner's entries on this side within the period that stand after a place, with their places, oldest
    /// insertion first; at most as many as wanted. Places MUST be in the order of `list_entries`, MUST stay with their
    /// entries, and MUST mean the same whatever the period. An entry that stays MUST come once to whoever goes on after the
    /// last place it was given, whatever others insert and remove meanwhile.
    fn list_entries_after(
        &mut self,
        side: Side,
        owner: UserId,
        period: &Period,
        wanted: PageRequest,
    ) -> Result<Vec<(Place, Entry)>, StoreError>;

    /// What the owner's entries within the period come to, exactly: one sum for each group and side that has entries, in any
    /// order, from one statement. Categories and subcategories MUST be called what they are called now.
    fn sum_entries(&mut self, owner: UserId, period: &Period, grouping: Grouping) -> Result<Vec<Sum>, StoreError>;

    /// Stores what an entry says; identity, side, owner and place in lists stay. An entry that is not there is left
    /// alone; a category or subcategory that is not there MUST be a lost race.
    fn update_entry(&mut self, entry: &Entry) -> Result<(), StoreError>;

    /// Removes an entry of this owner on this side; `false` when it was not there.
    fn delete_entry(&mut self, side: Side, owner: UserId, id: EntryId) -> Result<bool, StoreError>;

    /// Which of these references point at nothing.
    fn find_missing_references(
        &mut self,
        category: Option<CategoryId>,
        subcategory: Option<SubcategoryId>,
    ) -> Result<MissingReferences, StoreError>;
}
