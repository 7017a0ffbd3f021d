//! The table of entries, as queries see it.

use crate::categories::schema::{categories, subcategories};

diesel::table! {
    use crate::row_types::{MoneySql, TimeSql, UuidSql};
    use diesel::sql_types::{BigInt, Date, Nullable, Text};

    entries (seq) {
        seq -> BigInt,
        id -> UuidSql,
        side -> Text,
        owner -> BigInt,
        title -> Text,
        description -> Text,
        amount -> MoneySql,
        creation_date -> Date,
        creation_time -> TimeSql,
        category -> UuidSql,
        subcategory -> Nullable<UuidSql>,
        external_id -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(categories, subcategories, entries);
diesel::allow_columns_to_appear_in_same_group_by_clause!(
    entries::side,
    categories::id,
    categories::name,
    categories::hex_color,
    subcategories::id,
    subcategories::name,
    subcategories::hex_color,
);
