//! The entries of everybody's ledger.

use crate::categories::schema::{categories, subcategories};
use crate::ledger::rows::EntryRow;
use crate::ledger::schema::entries;
use crate::ledger::{entry_files, sums};
use crate::period::{first_date, first_time, judged_row_by_row, last_time};
use crate::row_types::{DbMoney, DbTime, DbUuid, MoneySql, TimeSql, UuidSql};
use crate::tx::SqlTx;
use ::ledger::{
    Entry, EntryId, ExternalId, FiledEntry, Group, Grouping, ImportedEntry, LedgerRepository, MissingReferences, Side,
    Sum,
};
use diesel::dsl::{auto_type, exists};
use diesel::prelude::*;
use diesel::sql_types::{self, BigInt, Date, Nullable};
use kernel::chrono::NaiveDate;
use kernel::{CategoryId, PageRequest, Period, Position, StoreError, SubcategoryId, UserId, Uuid};
use std::collections::HashSet;

/// The rows of a part of a list, in its order.
#[auto_type(no_type_alias)]
pub(crate) fn part(side: Side, owner: UserId, period: &Period, wanted: PageRequest) -> _ {
    let (side, owner): (&'static str, i64) = (side.as_str(), owner.0);
    let (first_date, last_date): (NaiveDate, NaiveDate) = (first_date(period), period.end_date);
    let (first_time, last_time): (DbTime, DbTime) = (first_time(period), last_time(period));
    let (after, limit): (i64, i64) = (wanted.after.0, wanted.limit.into());
    entries::table
        .filter(entries::owner.eq(owner))
        .filter(entries::side.eq(side))
        .filter(entries::seq.gt(after))
        .filter(judged_row_by_row(
            entries::creation_date
                .between(first_date, last_date)
                .and(entries::creation_time.between(first_time, last_time)),
        ))
        .order(entries::seq)
        .limit(limit)
}

impl LedgerRepository for SqlTx<'_> {
    fn insert_entry(&mut self, entry: &Entry) -> Result<bool, StoreError> {
        let rows = self.run(|connection| {
            let subcategory = entry.subcategory.map(|id| DbUuid(id.0)).into_sql::<Nullable<UuidSql>>();
            let subcategory_found = exists(subcategories::table.filter(subcategories::id.nullable().eq(subcategory)));
            // One row of values for the category, if it is there.
            let values = categories::table
                .filter(categories::id.eq(DbUuid(entry.category.0)))
                .filter(subcategory.is_null().or(subcategory_found))
                .select((
                    DbUuid(entry.id.0).into_sql::<UuidSql>(),
                    entry.side.as_str().into_sql::<sql_types::Text>(),
                    entry.owner.0.into_sql::<BigInt>(),
                    entry.title.as_str().into_sql::<sql_types::Text>(),
                    entry.description.as_str().into_sql::<sql_types::Text>(),
                    DbMoney(entry.amount).into_sql::<MoneySql>(),
                    entry.creation_date.into_sql::<Date>(),
                    DbTime(entry.creation_time).into_sql::<TimeSql>(),
                    categories::id,
                    subcategory,
                ));
            diesel::insert_into(entries::table)
                .values(values)
                .into_columns((
                    entries::id,
                    entries::side,
                    entries::owner,
                    entries::title,
                    entries::description,
                    entries::amount,
                    entries::creation_date,
                    entries::creation_time,
                    entries::category,
                    entries::subcategory,
                ))
                .execute(connection)
        })?;
        Ok(rows > 0)
    }

    fn insert_entries(&mut self, entries: &[ImportedEntry]) -> Result<(), StoreError> {
        self.run(|connection| entry_files::insert(connection, entries)).map(drop)
    }

    fn find_known_external_ids(
        &mut self,
        side: Side,
        owner: UserId,
        names: &[ExternalId],
    ) -> Result<HashSet<ExternalId>, StoreError> {
        self.run(|connection| entry_files::known(connection, side, owner, names))
    }

    fn find_entry(&mut self, side: Side, owner: UserId, id: EntryId) -> Result<Option<Entry>, StoreError> {
        let row = self.run(|connection| {
            entries::table
                .filter(entries::id.eq(DbUuid(id.0)))
                .filter(entries::owner.eq(owner.0))
                .filter(entries::side.eq(side.as_str()))
                .select(EntryRow::as_select())
                .get_result(connection)
                .optional()
        })?;
        Ok(row.map(|row| row.into_entry(side, owner)))
    }

    fn list_entries(
        &mut self,
        side: Side,
        owner: UserId,
        period: &Period,
        limit: u32,
    ) -> Result<Vec<Entry>, StoreError> {
        let rows = self.run(|connection| {
            entries::table
                .filter(entries::owner.eq(owner.0))
                .filter(entries::side.eq(side.as_str()))
                .filter(entries::creation_date.between(first_date(period), period.end_date))
                .filter(entries::creation_time.between(first_time(period), last_time(period)))
                .order(entries::seq)
                .limit(limit.into())
                .select(EntryRow::as_select())
                .load(connection)
        })?;
        Ok(rows.into_iter().map(|row| row.into_entry(side, owner)).collect())
    }

    fn list_entries_after(
        &mut self,
        side: Side,
        owner: UserId,
        period: &Period,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Entry)>, StoreError> {
        let rows: Vec<(i64, EntryRow)> = self.run(|connection| {
            part(side, owner, period, wanted).select((entries::seq, EntryRow::as_select())).load(connection)
        })?;
        Ok(rows.into_iter().map(|(seq, row)| (Position(seq), row.into_entry(side, owner))).collect())
    }

    fn list_filed_entries_after(
        &mut self,
        side: Side,
        owner: UserId,
        period: &Period,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, FiledEntry)>, StoreError> {
        self.run(|connection| entry_files::list_filed_after(connection, side, owner, period, wanted))
    }

    fn sum_entries(&mut self, owner: UserId, period: &Period, grouping: Grouping) -> Result<Vec<Sum>, StoreError> {
        match grouping {
            Grouping::Category => {
                sums::read(self.run(|connection| sums::by_category(connection, owner, period))?, sums::category)
            }
            Grouping::Subcategory => {
                sums::read(self.run(|connection| sums::by_subcategory(connection, owner, period))?, sums::subcategory)
            }
            Grouping::Day | Grouping::Month | Grouping::Year => {
                let rows = self.run(|connection| sums::by_time(connection, owner, period, grouping))?;
                sums::read(rows, Group::Time)
            }
        }
    }

    fn update_entry(&mut self, entry: &Entry) -> Result<(), StoreError> {
        self.run(|connection| {
            let row = entries::table
                .filter(entries::id.eq(DbUuid(entry.id.0)))
                .filter(entries::owner.eq(entry.owner.0))
                .filter(entries::side.eq(entry.side.as_str()));
            diesel::update(row)
                .set((
                    entries::title.eq(entry.title.as_str()),
                    entries::description.eq(entry.description.as_str()),
                    entries::amount.eq(DbMoney(entry.amount)),
                    entries::creation_date.eq(entry.creation_date),
                    entries::creation_time.eq(DbTime(entry.creation_time)),
                    entries::category.eq(DbUuid(entry.category.0)),
                    entries::subcategory.eq(entry.subcategory.map(|id| DbUuid(id.0))),
                ))
                .execute(connection)
        })
        .map(drop)
    }

    fn delete_entry(&mut self, side: Side, owner: UserId, id: EntryId) -> Result<bool, StoreError> {
        let rows = self.run(|connection| {
            let row = entries::table
                .filter(entries::id.eq(DbUuid(id.0)))
                .filter(entries::owner.eq(owner.0))
                .filter(entries::side.eq(side.as_str()));
            diesel::delete(row).execute(connection)
        })?;
        Ok(rows > 0)
    }

    fn delete_entries_of(&mut self, owner: UserId) -> Result<(), StoreError> {
        self.run(|connection| diesel::delete(entries::table.filter(entries::owner.eq(owner.0))).execute(connection))
            .map(drop)
    }

    fn find_categories_named(&mut self, name: &str) -> Result<Vec<CategoryId>, StoreError> {
        let named = self.run(|connection| {
            categories::table
                .filter(categories::name.eq(name))
                .limit(2)
                .select(categories::id)
                .load::<DbUuid>(connection)
        })?;
        Ok(named.into_iter().map(|id| CategoryId(id.0)).collect())
    }

    fn find_subcategories_named(
        &mut self,
        name: &str,
        category: Option<CategoryId>,
    ) -> Result<Vec<SubcategoryId>, StoreError> {
        let named: Vec<DbUuid> = self.run(|connection| {
            let named = subcategories::table.filter(subcategories::name.eq(name)).limit(2).select(subcategories::id);
            match category {
                Some(id) => named.filter(subcategories::category.eq(DbUuid(id.0))).load(connection),
                None => named.load(connection),
            }
        })?;
        Ok(named.into_iter().map(|id| SubcategoryId(id.0)).collect())
    }

    fn find_missing_references(
        &mut self,
        category: Option<CategoryId>,
        subcategory: Option<SubcategoryId>,
    ) -> Result<MissingReferences, StoreError> {
        // What is not asked for is asked as an identifier that nothing has, so that there is one statement to prepare.
        let category_id = DbUuid(category.map_or(Uuid::nil(), |id| id.0));
        let subcategory_id = DbUuid(subcategory.map_or(Uuid::nil(), |id| id.0));
        let (category_found, subcategory_found) = self.run(|connection| {
            diesel::select((
                exists(categories::table.filter(categories::id.eq(category_id))),
                exists(subcategories::table.filter(subcategories::id.eq(subcategory_id))),
            ))
            .get_result::<(bool, bool)>(connection)
        })?;
        Ok(MissingReferences {
            category_missing: category.is_some() && !category_found,
            subcategory_missing: subcategory.is_some() && !subcategory_found,
        })
    }
}
