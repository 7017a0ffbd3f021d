//! The table of ended sessions, as queries see it.

use crate::users::schema::users;

diesel::table! {
    use crate::row_types::{InstantSql, UuidSql};

    revoked_sessions (session) {
        session -> UuidSql,
        expires_at -> InstantSql,
    }
}

diesel::allow_tables_to_appear_in_same_query!(users, revoked_sessions);
