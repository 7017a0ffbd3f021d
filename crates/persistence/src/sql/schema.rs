//! The tables as queries see them; what the engines keep is in `migrations/`, and a test compares the two trees.

diesel::table! {
    use super::super::row_types::{InstantSql, UuidSql};
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

diesel::table! {
    use super::super::row_types::{InstantSql, TimeSql, UuidSql};
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
    use super::super::row_types::InstantSql;
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

diesel::table! {
    use super::super::row_types::UuidSql;
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
    use super::super::row_types::UuidSql;
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

diesel::table! {
    use super::super::row_types::{MoneySql, TimeSql, UuidSql};
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

diesel::table! {
    use super::super::row_types::{InstantSql, UuidSql};
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
    use super::super::row_types::{InstantSql, UuidSql};
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
    use super::super::row_types::InstantSql;
    use diesel::sql_types::BigInt;

    support_agents (user_id) {
        user_id -> BigInt,
        last_assigned_at -> InstantSql,
    }
}

diesel::table! {
    use super::super::row_types::{InstantSql, UuidSql};

    revoked_sessions (session) {
        session -> UuidSql,
        expires_at -> InstantSql,
    }
}

diesel::table! {
    use super::super::row_types::InstantSql;
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

diesel::allow_tables_to_appear_in_same_query!(users, chats, chat_messages, support_agents, revoked_sessions);
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
