//! The tables of categories and subcategories, as queries see them.

diesel::table! {
    use crate::row_types::UuidSql;
    use diesel::sql_types::{BigInt, Text};

    categories (seq) {
        seq -> BigInt,
        id -> UuidSql,
        name -> Text,
        description -> Text,
        kind -> Text,
        hex_color -> Text,
    }
}

diesel::table! {
    use crate::row_types::UuidSql;
    use diesel::sql_types::{BigInt, Text};

    subcategories (seq) {
        seq -> BigInt,
        id -> UuidSql,
        name -> Text,
        description -> Text,
        hex_color -> Text,
        category -> UuidSql,
    }
}
