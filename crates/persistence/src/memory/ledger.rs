//! The entries of everybody's ledger in memory.

use super::{List, State, length, part, require, require_absent};
use kernel::{CategoryId, Money, PageRequest, Period, Position, StoreError, SubcategoryId, UserId};
use ledger::{
    Entry, EntryId, ExternalId, FiledEntry, Group, Grouping, ImportedEntry, LedgerRepository, MissingReferences, Side,
    Sum,
};
use std::collections::HashSet;

impl State {
    fn require_references(&self, entry: &Entry) -> Result<(), StoreError> {
        require(self.has_category(entry.category), "category")?;
        require(entry.subcategory.is_none_or(|id| self.has_subcategory(id)), "subcategory")
    }

    /// What another system calls an entry.
    fn external_id_of(&self, entry: &Entry) -> Option<&ExternalId> {
        self.external_ids.get(&entry.id.0)
    }

    fn filed(&self, entry: Entry) -> FiledEntry {
        let category = self.categories.iter().find(|category| category.id == entry.category);
        let subcategory = self.subcategories.iter().find(|subcategory| Some(subcategory.id) == entry.subcategory);
        FiledEntry {
            external_id: self.external_id_of(&entry).cloned(),
            category_name: category.map(|found| found.name.to_string()).unwrap_or_default(),
            subcategory_name: subcategory.map(|found| found.name.to_string()),
            entry,
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
                let found = self.categories.iter().find(|category| category.id == entry.category).ok_or_else(gone)?;
                let (name, hex_color) = (found.name.to_string(), found.hex_color.to_string());
                Group::Category { name, hex_color, id: found.id }
            }
            Grouping::Subcategory => {
                let Some(id) = entry.subcategory else { return Ok(Group::NoSubcategory) };
                let found = self.subcategories.iter().find(|subcategory| subcategory.id == id).ok_or_else(gone)?;
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

fn is_at(entry: &Entry, side: Side, owner: UserId) -> bool {
    entry.side == side && entry.owner == owner
}

impl LedgerRepository for State {
    fn insert_entry(&mut self, entry: &Entry) -> Result<bool, StoreError> {
        if self.require_references(entry).is_err() {
            return Ok(false);
        }
        require(self.users.contains_key(&entry.owner), "owner")?;
        require_absent(self.entries.iter().any(|other| other.id == entry.id), "entry")?;
        self.give_place(List::Entries, entry.id.0);
        self.entries.push(entry.clone());
        Ok(true)
    }

    fn insert_entries(&mut self, entries: &[ImportedEntry]) -> Result<(), StoreError> {
        for ImportedEntry { entry, external_id } in entries {
            if let Some(name) = external_id {
                let mut own = self.entries.iter().filter(|other| is_at(other, entry.side, entry.owner));
                require_absent(own.any(|other| self.external_id_of(other) == Some(name)), "external identifier")?;
                self.external_ids.insert(entry.id.0, name.clone());
            }
            self.require_references(entry)?;
            self.insert_entry(entry)?;
        }
        Ok(())
    }

    fn find_known_external_ids(
        &mut self,
        side: Side,
        owner: UserId,
        names: &[ExternalId],
    ) -> Result<HashSet<ExternalId>, StoreError> {
        let own = self.entries.iter().filter(|entry| is_at(entry, side, owner));
        let name = |entry: &Entry| {
            self.external_id_of(entry).cloned().unwrap_or_else(|| ExternalId::stored(entry.id.to_string()))
        };
        let known: HashSet<_> = own.map(name).collect();
        Ok(names.iter().filter(|name| known.contains(name)).cloned().collect())
    }

    fn find_entry(&mut self, side: Side, owner: UserId, id: EntryId) -> Result<Option<Entry>, StoreError> {
        Ok(self.entries.iter().find(|entry| entry.id == id && is_at(entry, side, owner)).cloned())
    }

    fn list_entries(
        &mut self,
        side: Side,
        owner: UserId,
        period: &Period,
        limit: u32,
    ) -> Result<Vec<Entry>, StoreError> {
        let own = self.entries.iter().filter(|entry| is_at(entry, side, owner));
        let within = own.filter(|entry| period.contains(entry.creation_date, entry.creation_time));
        Ok(within.take(length(limit)).cloned().collect())
    }

    fn list_entries_after(
        &mut self,
        side: Side,
        owner: UserId,
        period: &Period,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Entry)>, StoreError> {
        let own = self.entries.iter().filter(|entry| is_at(entry, side, owner));
        let within = own.filter(|entry| period.contains(entry.creation_date, entry.creation_time));
        Ok(part(within, |entry| self.position_of(List::Entries, entry.id.0), wanted))
    }

    fn list_filed_entries_after(
        &mut self,
        side: Side,
        owner: UserId,
        period: &Period,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, FiledEntry)>, StoreError> {
        let part = self.list_entries_after(side, owner, period, wanted)?;
        Ok(part.into_iter().map(|(position, entry)| (position, self.filed(entry))).collect())
    }

    fn sum_entries(&mut self, owner: UserId, period: &Period, grouping: Grouping) -> Result<Vec<Sum>, StoreError> {
        let own = self.entries.iter().filter(|entry| entry.owner == owner);
        let within = own.filter(|entry| period.contains(entry.creation_date, entry.creation_time));
        within
            .map(|entry| Ok(Sum { group: self.group_of(entry, grouping)?, side: entry.side, amount: entry.amount }))
            .collect::<Result<Vec<_>, _>>()
            .map(added_up)
    }

    fn update_entry(&mut self, entry: &Entry) -> Result<(), StoreError> {
        if !self.entries.iter().any(|stored| stored.id == entry.id) {
            return Ok(());
        }
        self.require_references(entry)?;
        if let Some(stored) = self.entries.iter_mut().find(|stored| stored.id == entry.id) {
            *stored = Entry { side: stored.side, owner: stored.owner, ..entry.clone() };
        }
        Ok(())
    }

    fn delete_entry(&mut self, side: Side, owner: UserId, id: EntryId) -> Result<bool, StoreError> {
        let before = self.entries.len();
        self.entries.retain(|entry| entry.id != id || !is_at(entry, side, owner));
        Ok(self.entries.len() < before)
    }

    fn find_categories_named(&mut self, name: &str) -> Result<Vec<CategoryId>, StoreError> {
        let named = self.categories.iter().filter(|category| category.name.as_str() == name);
        Ok(named.take(2).map(|category| category.id).collect())
    }

    fn find_subcategories_named(
        &mut self,
        name: &str,
        category: Option<CategoryId>,
    ) -> Result<Vec<SubcategoryId>, StoreError> {
        let named = self.subcategories.iter().filter(|subcategory| {
            subcategory.name.as_str() == name && category.is_none_or(|id| subcategory.category == id)
        });
        Ok(named.take(2).map(|subcategory| subcategory.id).collect())
    }

    fn find_missing_references(
        &mut self,
        category: Option<CategoryId>,
        subcategory: Option<SubcategoryId>,
    ) -> Result<MissingReferences, StoreError> {
        Ok(MissingReferences {
            category_missing: category.is_some_and(|id| !self.has_category(id)),
            subcategory_missing: subcategory.is_some_and(|id| !self.has_subcategory(id)),
        })
    }
}
