//! The table of users, as queries see it.

diesel::table! {
    use crate::row_types::{InstantSql, UuidSql};
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};

    users (id) {
        id -> BigInt,
        email -> Text,
        username -> Text,
        username_key -> Text,
        password_hash -> Text,
        first_name -> Text,
        last_name -> Text,
        phone_number -> Text,
        bio -> Text,
        is_staff -> Bool,
        is_superuser -> Bool,
        is_operator -> Bool,
        state -> Text,
        email_verified -> Bool,
        date_joined -> InstantSql,
        locked_until -> Nullable<InstantSql>,
        failures_counted_from -> Nullable<InstantSql>,
        token_version -> BigInt,
        kept_session -> Nullable<UuidSql>,
        last_login -> Nullable<InstantSql>,
    }
}
