//! The tables of support chats, as queries see them.

use crate::users::schema::users;

diesel::table! {
    use crate::row_types::{InstantSql, UuidSql};
    use diesel::sql_types::{BigInt, Bool};

    chats (id) {
        id -> UuidSql,
        is_active -> Bool,
        customer -> BigInt,
        admin -> BigInt,
        created_at -> InstantSql,
        last_seq -> BigInt,
        seq -> BigInt,
    }
}

diesel::table! {
    use crate::row_types::{InstantSql, UuidSql};
    use diesel::sql_types::{BigInt, Nullable, Text};

    chat_messages (chat, seq) {
        chat -> UuidSql,
        seq -> BigInt,
        id -> UuidSql,
        sender -> BigInt,
        sent_at -> InstantSql,
        body -> Text,
        client_msg_id -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::row_types::InstantSql;
    use diesel::sql_types::BigInt;

    support_agents (user_id) {
        user_id -> BigInt,
        last_assigned_at -> InstantSql,
    }
}

diesel::allow_tables_to_appear_in_same_query!(users, chats, chat_messages, support_agents);
