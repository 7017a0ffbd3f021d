//! Sums of the ledger, made by the database in one statement each.

use crate::categories::schema::{categories, subcategories};
use crate::connection::SqlConnection;
use crate::ledger::schema::entries;
use crate::period::{first_date, first_time, last_time};
use crate::row_types::{DbMoney, DbUuid, MoneySql};
use ::ledger::{Group, Grouping, Side, Sum};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Text;
use kernel::{CategoryId, Period, StoreError, SubcategoryId, UserId};

#[diesel::declare_sql_function]
extern "SQL" {
    /// Exact on both engines: amounts are decimals on one and whole minor units on the other, and floating point on neither.
    #[aggregate]
    #[sql_name = "SUM"]
    fn sum_of_amounts(amount: MoneySql) -> Nullable<MoneySql>;
}

/// The group's key, the side, and the sum.
pub(crate) type SumRow<Key> = (Key, String, Option<DbMoney>);

/// The owner's entries within a period.
macro_rules! entries_within {
    ($entries:expr, $owner:expr, $period:expr) => {
        $entries
            .filter(entries::owner.eq($owner.0))
            .filter(entries::side.eq_any([Side::Expense.as_str(), Side::Income.as_str()]))
            .filter(entries::creation_date.between(first_date($period), $period.end_date))
            .filter(entries::creation_time.between(first_time($period), last_time($period)))
    };
}

/// The sums by date, or by the first part of it.
pub(crate) fn by_time(
    connection: &mut SqlConnection,
    owner: UserId,
    period: &Period,
    grouping: Grouping,
) -> QueryResult<Vec<SumRow<String>>> {
    let key = time_key(matches!(connection, SqlConnection::Postgres(_)), grouping);
    entries_within!(entries::table, owner, period)
        .group_by(sql::<Text>(&format!("{key}, entries.side")))
        .select((sql::<Text>(key), sql::<Text>("entries.side"), sum_of_amounts(entries::amount)))
        .load(connection)
}

/// The beginning of a date as text. Each engine has words of its own for it.
fn time_key(is_postgres: bool, grouping: Grouping) -> &'static str {
    match (is_postgres, grouping) {
        (true, Grouping::Year) => "to_char(entries.creation_date, 'YYYY')",
        (true, Grouping::Month) => "to_char(entries.creation_date, 'YYYY-MM')",
        (true, _) => "to_char(entries.creation_date, 'YYYY-MM-DD')",
        (false, Grouping::Year) => "substr(entries.creation_date, 1, 4)",
        (false, Grouping::Month) => "substr(entries.creation_date, 1, 7)",
        (false, _) => "entries.creation_date",
    }
}

/// A category or a subcategory as a key.
pub(crate) type FiledUnder = (DbUuid, String, String);

/// The sums by category.
pub(crate) fn by_category(
    connection: &mut SqlConnection,
    owner: UserId,
    period: &Period,
) -> QueryResult<Vec<SumRow<FiledUnder>>> {
    let key = (categories::id, categories::name, categories::hex_color);
    let filed = entries::table.inner_join(categories::table.on(entries::category.eq(categories::id)));
    entries_within!(filed, owner, period)
        .group_by((categories::id, categories::name, categories::hex_color, entries::side))
        .select((key, entries::side, sum_of_amounts(entries::amount)))
        .load(connection)
}

/// The sums by subcategory.
pub(crate) fn by_subcategory(
    connection: &mut SqlConnection,
    owner: UserId,
    period: &Period,
) -> QueryResult<Vec<SumRow<Option<FiledUnder>>>> {
    let key = (subcategories::id, subcategories::name, subcategories::hex_color);
    let under = entries::subcategory.eq(subcategories::id.nullable());
    let filed = entries::table.left_join(subcategories::table.on(under));
    entries_within!(filed, owner, period)
        .group_by((subcategories::id, subcategories::name, subcategories::hex_color, entries::side))
        .select((key.nullable(), entries::side, sum_of_amounts(entries::amount)))
        .load(connection)
}

/// Rows as sums.
pub(crate) fn read<Key>(rows: Vec<SumRow<Key>>, group: impl Fn(Key) -> Group) -> Result<Vec<Sum>, StoreError> {
    let sum = |(key, side, amount): SumRow<Key>| {
        let side = Side::from_word(&side).ok_or_else(|| StoreError::fault("an entry on no known side"))?;
        Ok(Sum { group: group(key), side, amount: amount.map(|amount| amount.0).unwrap_or_default() })
    };
    rows.into_iter().map(sum).collect()
}

/// A category as a group.
pub(crate) fn category((id, name, hex_color): FiledUnder) -> Group {
    Group::Category { name, hex_color, id: CategoryId(id.0) }
}

/// A subcategory, or none, as a group.
pub(crate) fn subcategory(key: Option<FiledUnder>) -> Group {
    match key {
        Some((id, name, hex_color)) => Group::Subcategory { name, hex_color, id: SubcategoryId(id.0) },
        None => Group::NoSubcategory,
    }
}
