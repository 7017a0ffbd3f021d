//! The table of answers that are kept, as queries see it.

diesel::table! {
    use crate::row_types::InstantSql;
    use diesel::sql_types::{BigInt, Nullable, Text};

    answers (id) {
        id -> Text,
        owner -> Nullable<BigInt>,
        fingerprint -> Text,
        status -> Nullable<BigInt>,
        headers -> Nullable<Text>,
        body -> Nullable<Text>,
        expires_at -> InstantSql,
    }
}
