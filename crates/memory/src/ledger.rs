//! The entries of everybody's ledger in memory.

use crate::checks::{require, require_absent};
use crate::state::{EntryRow, Ledger, State};
use categories::Subcategory;
use kernel::{CategoryId, Money, PageRequest, Period, Position, StoreError, SubcategoryId, UserId};
use ledger::{
    Entry, EntryId, ExternalId, FiledEntry, Group, Grouping, ImportedEntry, LedgerRepository, MissingReferences, Side,
    Sum,
};
use std::collections::HashSet;
use std::sync::Arc;

impl EntryRow {
    fn is_at(&self, side: Side, owner: UserId) -> bool {
        self.entry.side == side && self.entry.owner == owner
    }

    fn is_within(&self, period: &Period) -> bool {
        period.contains(self.entry.creation_date, self.entry.creation_time)
    }
}

impl Ledger {
    pub(crate) fn rows(&self) -> impl Iterator<Item = &EntryRow> {
        self.entries.rows()
    }
}

impl State {
    fn require_references(&self, entry: &Entry) -> Result<(), StoreError> {
        require(self.categories.rows.contains(entry.category), "category")?;
        let subcategory = entry.subcategory;
        require(subcategory.is_none_or(|id| self.categories.subcategories.contains(id)), "subcategory")
    }

    fn add_entry(&mut self, entry: &Entry, external_id: Option<ExternalId>) -> Result<(), StoreError> {
        require(self.users.contains(entry.owner), "owner")?;
        require_absent(self.ledger.entries.contains(entry.id), "entry")?;
        let row = EntryRow { entry: entry.clone(), external_id };
        Arc::make_mut(&mut self.ledger).entries.insert(entry.id, row);
        Ok(())
    }

    fn filed(&self, row: &EntryRow) -> FiledEntry {
        let category = self.categories.rows.get(row.entry.category);
        let subcategory = row.entry.subcategory.and_then(|id| self.categories.subcategories.get(id));
        FiledEntry {
            external_id: row.external_id.clone(),
            category_name: category.map(|found| found.name.to_string()).unwrap_or_default(),
            subcategory_name: subcategory.map(|found| found.name.to_string()),
            entry: row.entry.clone(),
        }
    }

    fn group_of(&self, entry: &Entry, grouping: Grouping) -> Result<Group, StoreError> {
        let beginning = |length| entry.creation_date.to_string().chars().take(length).collect();
        let gone = || StoreError::fault("an entry under nothing");
        Ok(match grouping {
            Grouping::Day => Group::Time(beginning(10)),
            Grouping::Month => Group::Time(beginning(7)),
            Grouping::Year => Group::Time(beginning(4)),
            Grouping::Category => {
                let found = self.categories.rows.get(entry.category).ok_or_else(gone)?;
                let (name, hex_color) = (found.name.to_string(), found.hex_color.to_string());
                Group::Category { name, hex_color, id: found.id }
            }
            Grouping::Subcategory => {
                let Some(id) = entry.subcategory else { return Ok(Group::NoSubcategory) };
                let found = self.categories.subcategories.get(id).ok_or_else(gone)?;
                let (name, hex_color) = (found.name.to_string(), found.hex_color.to_string());
                Group::Subcategory { name, hex_color, id }
            }
        })
    }
}

/// One sum for each group and side.
fn added_up(amounts: Vec<Sum>) -> Vec<Sum> {
    let mut sums = Vec::<Sum>::new();
    for Sum { group, side, amount } in amounts {
        match sums.iter_mut().find(|sum| sum.group == group && sum.side == side) {
            Some(sum) => sum.amount = Money::from_minor(sum.amount.minor() + amount.minor()),
            None => sums.push(Sum { group, side, amount }),
        }
    }
    sums
}

impl LedgerRepository for State {
    fn insert_entry(&mut self, entry: &Entry) -> Result<bool, StoreError> {
        if self.require_references(entry).is_err() {
            return Ok(false);
        }
        self.add_entry(entry, None)?;
        Ok(true)
    }

    fn insert_entries(&mut self, entries: &[ImportedEntry]) -> Result<(), StoreError> {
        for ImportedEntry { entry, external_id } in entries {
            if external_id.is_some() {
                let mut own = self.ledger.rows().filter(|row| row.is_at(entry.side, entry.owner));
                require_absent(own.any(|row| row.external_id == *external_id), "external identifier")?;
            }
            self.require_references(entry)?;
            self.add_entry(entry, external_id.clone())?;
        }
        Ok(())
    }

    fn find_known_external_ids(
        &mut self,
        side: Side,
        owner: UserId,
        names: &[ExternalId],
    ) -> Result<HashSet<ExternalId>, StoreError> {
        let own = self.ledger.rows().filter(|row| row.is_at(side, owner));
        let name =
            |row: &EntryRow| row.external_id.clone().unwrap_or_else(|| ExternalId::stored(row.entry.id.to_string()));
        let known: HashSet<_> = own.map(name).collect();
        Ok(names.iter().filter(|name| known.contains(name)).cloned().collect())
    }

    fn find_entry(&mut self, side: Side, owner: UserId, id: EntryId) -> Result<Option<Entry>, StoreError> {
        let found = self.ledger.entries.get(id).filter(|row| row.is_at(side, owner));
        Ok(found.map(|row| row.entry.clone()))
    }

    fn list_entries(
        &mut self,
        side: Side,
        owner: UserId,
        period: &Period,
        limit: u32,
    ) -> Result<Vec<Entry>, StoreError> {
        let list = self.ledger.entries.list(|row| row.is_at(side, owner) && row.is_within(period), limit);
        Ok(list.map(|row| row.entry.clone()).collect())
    }

    fn list_entries_after(
        &mut self,
        side: Side,
        owner: UserId,
        period: &Period,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Entry)>, StoreError> {
        let part = self.ledger.entries.part(|row| row.is_at(side, owner) && row.is_within(period), wanted);
        Ok(part.map(|(position, row)| (position, row.entry.clone())).collect())
    }

    fn list_filed_entries_after(
        &mut self,
        side: Side,
        owner: UserId,
        period: &Period,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, FiledEntry)>, StoreError> {
        let part = self.ledger.entries.part(|row| row.is_at(side, owner) && row.is_within(period), wanted);
        Ok(part.map(|(position, row)| (position, self.filed(row))).collect())
    }

    fn sum_entries(&mut self, owner: UserId, period: &Period, grouping: Grouping) -> Result<Vec<Sum>, StoreError> {
        let own = self.ledger.rows().filter(|row| row.entry.owner == owner && row.is_within(period));
        let amounts = own.map(|EntryRow { entry, .. }| {
            Ok(Sum { group: self.group_of(entry, grouping)?, side: entry.side, amount: entry.amount })
        });
        amounts.collect::<Result<Vec<_>, _>>().map(added_up)
    }

    fn update_entry(&mut self, entry: &Entry) -> Result<(), StoreError> {
        if !self.ledger.entries.contains(entry.id) {
            return Ok(());
        }
        self.require_references(entry)?;
        if let Some(stored) = Arc::make_mut(&mut self.ledger).entries.get_mut(entry.id) {
            stored.entry = Entry { side: stored.entry.side, owner: stored.entry.owner, ..entry.clone() };
        }
        Ok(())
    }

    fn delete_entry(&mut self, side: Side, owner: UserId, id: EntryId) -> Result<bool, StoreError> {
        if !self.ledger.entries.get(id).is_some_and(|row| row.is_at(side, owner)) {
            return Ok(false);
        }
        Ok(Arc::make_mut(&mut self.ledger).entries.remove(id))
    }

    fn delete_entries_of(&mut self, owner: UserId) -> Result<(), StoreError> {
        Arc::make_mut(&mut self.ledger).entries.retain(|row| row.entry.owner != owner);
        Ok(())
    }

    fn find_categories_named(&mut self, name: &str) -> Result<Vec<CategoryId>, StoreError> {
        let named = self.categories.rows.list(|category| category.name.as_str() == name, 2);
        Ok(named.map(|category| category.id).collect())
    }

    fn find_subcategories_named(
        &mut self,
        name: &str,
        category: Option<CategoryId>,
    ) -> Result<Vec<SubcategoryId>, StoreError> {
        let is_named = |row: &Subcategory| row.name.as_str() == name && category.is_none_or(|id| row.category == id);
        Ok(self.categories.subcategories.list(is_named, 2).map(|subcategory| subcategory.id).collect())
    }

    fn find_missing_references(
        &mut self,
        category: Option<CategoryId>,
        subcategory: Option<SubcategoryId>,
    ) -> Result<MissingReferences, StoreError> {
        Ok(MissingReferences {
            category_missing: category.is_some_and(|id| !self.categories.rows.contains(id)),
            subcategory_missing: subcategory.is_some_and(|id| !self.categories.subcategories.contains(id)),
        })
    }
}
