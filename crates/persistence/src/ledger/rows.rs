//! A row of an entry, as it is read.

use crate::ledger::schema::entries;
use crate::row_types::{DbMoney, DbTime, DbUuid};
use ::ledger::{Entry, EntryId, Side};
use diesel::prelude::*;
use kernel::chrono::NaiveDate;
use kernel::{CategoryId, SubcategoryId, Text, UserId};

/// What a row says, but for what was asked for.
#[derive(Queryable, Selectable)]
#[diesel(table_name = entries)]
pub(super) struct EntryRow {
    id: DbUuid,
    title: String,
    description: String,
    amount: DbMoney,
    creation_date: NaiveDate,
    creation_time: DbTime,
    category: DbUuid,
    subcategory: Option<DbUuid>,
}

impl EntryRow {
    pub(super) fn into_entry(self, side: Side, owner: UserId) -> Entry {
        Entry {
            id: EntryId(self.id.0),
            side,
            owner,
            title: Text::stored(self.title),
            description: Text::stored(self.description),
            amount: self.amount.0,
            creation_date: self.creation_date,
            creation_time: self.creation_time.0,
            category: CategoryId(self.category.0),
            subcategory: self.subcategory.map(|id| SubcategoryId(id.0)),
        }
    }
}
