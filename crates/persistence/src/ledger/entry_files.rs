//! Entries that come from other books, and that go there.

use crate::categories::schema::{categories, subcategories};
use crate::connection::SqlConnection;
use crate::ledger::entries::part;
use crate::ledger::rows::EntryRow;
use crate::ledger::schema::entries;
use crate::row_types::{DbMoney, DbTime, DbUuid};
use ::ledger::{ExternalId, FiledEntry, ImportedEntry, Side};
use diesel::prelude::*;
use kernel::{PageRequest, Period, Position, Text, UserId, Uuid};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Adds entries by one statement.
pub(crate) fn insert(connection: &mut SqlConnection, imported: &[ImportedEntry]) -> QueryResult<usize> {
    let rows = imported.iter().map(|ImportedEntry { entry, external_id }| {
        (
            entries::id.eq(DbUuid(entry.id.0)),
            entries::side.eq(entry.side.as_str()),
            entries::owner.eq(entry.owner.0),
            entries::title.eq(entry.title.as_str()),
            entries::description.eq(entry.description.as_str()),
            entries::amount.eq(DbMoney(entry.amount)),
            entries::creation_date.eq(entry.creation_date),
            entries::creation_time.eq(DbTime(entry.creation_time)),
            entries::category.eq(DbUuid(entry.category.0)),
            entries::subcategory.eq(entry.subcategory.map(|id| DbUuid(id.0))),
            entries::external_id.eq(external_id.as_ref().map(Text::as_str)),
        )
    });
    let insert = diesel::insert_into(entries::table).values(rows.collect::<Vec<_>>());
    // The engines spell a batch differently.
    match connection {
        SqlConnection::Postgres(connection) => insert.execute(connection),
        SqlConnection::Sqlite(connection) => insert.execute(connection),
    }
}

/// Which of these names are external identifiers, or identifiers of entries that have none.
pub(crate) fn known(
    connection: &mut SqlConnection,
    side: Side,
    owner: UserId,
    names: &[ExternalId],
) -> QueryResult<HashSet<ExternalId>> {
    let own = || {
        let own = entries::table.filter(entries::owner.eq(owner.0)).filter(entries::side.eq(side.as_str()));
        own.select(entries::external_id)
    };
    let texts = names.iter().map(Text::as_str);
    let mut by_name = Vec::<Option<String>>::new();
    if matches!(connection, SqlConnection::Postgres(_)) {
        by_name = own().filter(entries::external_id.eq_any(texts.collect::<Vec<_>>())).load(connection)?;
    } else {
        // Asked for several names at once, SQLite looks through all entries of the owner.
        for text in texts {
            by_name.extend(own().filter(entries::external_id.eq(text)).load::<Option<String>>(connection)?);
        }
    }
    let mut known: HashSet<_> = by_name.into_iter().flatten().map(Text::stored).collect();
    let ids: Vec<DbUuid> = names.iter().filter_map(|name| an_identifier(name.as_str())).map(DbUuid).collect();
    if !ids.is_empty() {
        // Whose they are is looked at here, or SQLite would look through all entries of the owner once more.
        let found = entries::table.filter(entries::id.eq_any(ids));
        let found = found.select((entries::id, entries::owner, entries::side, entries::external_id));
        for (id, whose, where_to, name) in found.load::<(DbUuid, i64, String, Option<String>)>(connection)? {
            if whose == owner.0 && where_to == side.as_str() && name.is_none() {
                known.insert(Text::stored(id.0.to_string()));
            }
        }
    }
    Ok(known)
}

/// The identifier that a name is, written as we write it.
fn an_identifier(name: &str) -> Option<Uuid> {
    Uuid::try_parse(name).ok().filter(|id| id.to_string() == name)
}

/// A row with its position and what another system calls it.
type PlacedRow = (i64, EntryRow, Option<String>);

/// A part of a list, and then the names of what it is filed under, which are few.
pub(crate) fn list_filed_after(
    connection: &mut SqlConnection,
    side: Side,
    owner: UserId,
    period: &Period,
    wanted: PageRequest,
) -> QueryResult<Vec<(Position, FiledEntry)>> {
    let rows: Vec<PlacedRow> = part(side, owner, period, wanted)
        .select((entries::seq, EntryRow::as_select(), entries::external_id))
        .load(connection)?;
    let placed: Vec<_> =
        rows.into_iter().map(|(seq, row, name)| (Position(seq), row.into_entry(side, owner), name)).collect();
    let category_ids = distinct(placed.iter().map(|(_, entry, _)| entry.category.0));
    let subcategory_ids = distinct(placed.iter().filter_map(|(_, entry, _)| entry.subcategory).map(|id| id.0));
    let mut category_names = HashMap::new();
    if !category_ids.is_empty() {
        let named = categories::table.filter(categories::id.eq_any(category_ids));
        category_names = by_id(named.select((categories::id, categories::name)).load(connection)?);
    }
    let mut subcategory_names = HashMap::new();
    if !subcategory_ids.is_empty() {
        let named = subcategories::table.filter(subcategories::id.eq_any(subcategory_ids));
        subcategory_names = by_id(named.select((subcategories::id, subcategories::name)).load(connection)?);
    }
    let filed = placed.into_iter().map(|(position, entry, external_id)| {
        // What an entry is filed under cannot be deleted; an entry that was moved just now has left a name behind.
        let category_name = category_names.get(&entry.category.0).cloned().unwrap_or_default();
        let subcategory_name = entry.subcategory.map(|id| subcategory_names.get(&id.0).cloned().unwrap_or_default());
        let external_id = external_id.map(Text::stored);
        (position, FiledEntry { entry, external_id, category_name, subcategory_name })
    });
    Ok(filed.collect())
}

fn distinct(ids: impl Iterator<Item = Uuid>) -> Vec<DbUuid> {
    ids.collect::<BTreeSet<_>>().into_iter().map(DbUuid).collect()
}

fn by_id(rows: Vec<(DbUuid, String)>) -> HashMap<Uuid, String> {
    rows.into_iter().map(|(id, name)| (id.0, name)).collect()
}
