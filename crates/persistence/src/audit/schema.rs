//! The tables of login logs and the trail, as queries see them.

diesel::table! {
    use crate::row_types::{InstantSql, TimeSql, UuidSql};
    use diesel::sql_types::{BigInt, Bool, Date, Text};

    login_logs (seq) {
        seq -> BigInt,
        id -> UuidSql,
        user_id -> BigInt,
        recorded_at -> InstantSql,
        creation_date -> Date,
        creation_time -> TimeSql,
        platform_os -> Text,
        successful -> Bool,
        description -> Text,
    }
}

diesel::table! {
    use crate::row_types::InstantSql;
    use diesel::sql_types::{BigInt, Nullable, Text};

    trail (seq) {
        seq -> BigInt,
        at -> InstantSql,
        actor -> Nullable<BigInt>,
        action -> Text,
        subject -> BigInt,
        details -> Text,
    }
}
