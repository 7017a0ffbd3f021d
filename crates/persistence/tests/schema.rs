//! The two migration trees give one schema, and going back leaves nothing behind.
#![expect(clippy::unwrap_used, clippy::panic, reason = "what fails here fails the test")]

use crate::support;
use diesel::connection::SimpleConnection;
use diesel::migration::MigrationConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel_migrations::MigrationHarness;
use persistence::DatabaseUrl;
use std::collections::{BTreeMap, BTreeSet};
use store::Store;

/// What a database holds, in words that both engines share.
#[derive(Debug, Default, PartialEq, Eq)]
struct Schema {
    /// Table and column, with its folded type.
    columns: BTreeMap<String, String>,
    /// Table, columns, and what they are: key, unique, index.
    indexes: BTreeSet<String>,
    /// Table, column, target, and what happens on deletion.
    foreign_keys: BTreeSet<String>,
}

#[derive(Debug, QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    is_nullable: bool,
}

#[derive(Debug, QueryableByName)]
struct LineRow {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines<C>(connection: &mut C, sql: &str) -> Vec<String>
where
    C: diesel::connection::LoadConnection,
    diesel::query_builder::SqlQuery: for<'a> diesel::query_dsl::methods::LoadQuery<'a, C, LineRow>,
{
    diesel::sql_query(sql).load::<LineRow>(connection).unwrap().into_iter().map(|row| row.line).collect()
}

/// SQLite has few types, so the others are seen as what SQLite keeps them in.
fn folded(kind: &str) -> &'static str {
    match kind {
        "bigint" | "boolean" | "numeric(10,2)" | "INTEGER" => "INTEGER",
        "text" | "uuid" | "timestamp with time zone" | "date" | "time without time zone" | "TEXT" => "TEXT",
        other => panic!("no column may be of the type {other}"),
    }
}

fn columns(rows: Vec<ColumnRow>) -> BTreeMap<String, String> {
    let column = |row: ColumnRow| {
        let null = if row.is_nullable { "NULL" } else { "NOT NULL" };
        (row.place, format!("{} {null}", folded(&row.kind)))
    };
    rows.into_iter().map(column).collect()
}

const POSTGRES_COLUMNS: &str = "
    SELECT t.relname || '.' || a.attname AS place, format_type(a.atttypid, a.atttypmod) AS kind,
           NOT a.attnotnull AS is_nullable
    FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid
    WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' AND a.attnum > 0 AND t.relname NOT LIKE '\\_\\_%'";

const POSTGRES_INDEXES: &str = "
    SELECT t.relname || ' (' || (
               SELECT string_agg(a.attname, ', ' ORDER BY k.position)
               FROM unnest(x.indkey) WITH ORDINALITY AS k (number, position)
               JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
           ) || ') ' || CASE WHEN x.indisprimary THEN 'key' WHEN x.indisunique THEN 'unique' ELSE 'index' END
           || CASE WHEN x.indpred IS NULL THEN '' ELSE ' in part' END AS line
    FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid
    WHERE t.relnamespace = 'public'::regnamespace AND t.relname NOT LIKE '\\_\\_%'";

const POSTGRES_FOREIGN_KEYS: &str = "
    SELECT t.relname || '.' || a.attname || ' -> ' || f.relname || '.' || b.attname || ' '
           || CASE c.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'a' THEN 'NO ACTION' ELSE c.confdeltype::text END AS line
    FROM pg_constraint c
    JOIN pg_class t ON t.oid = c.conrelid
    JOIN pg_class f ON f.oid = c.confrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
    JOIN pg_attribute b ON b.attrelid = f.oid AND b.attnum = c.confkey[1]
    WHERE c.contype = 'f' AND cardinality(c.conkey) = 1";

const SQLITE_TABLES: &str = "
    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
    AND name NOT LIKE '!_!_%' ESCAPE '!'";

fn sqlite_columns() -> String {
    format!(
        "SELECT t.name || '.' || c.name AS place, c.type AS kind, c.\"notnull\" = 0 AS is_nullable
         FROM ({SQLITE_TABLES}) t JOIN pragma_table_xinfo(t.name) c"
    )
}

/// SQLite keeps a key of one whole number without an index, so keys are read from the columns.
fn sqlite_indexes() -> String {
    format!(
        "SELECT t.name || ' (' || (SELECT group_concat(i.name, ', ') FROM pragma_index_info(x.name) i) || ') '
                || CASE x.\"unique\" WHEN 1 THEN 'unique' ELSE 'index' END
                || CASE x.partial WHEN 1 THEN ' in part' ELSE '' END AS line
         FROM ({SQLITE_TABLES}) t JOIN pragma_index_list(t.name) x WHERE x.origin <> 'pk'
         UNION ALL
         SELECT t.name || ' (' || (
                    SELECT group_concat(k.name, ', ')
                    FROM (SELECT c.name FROM pragma_table_xinfo(t.name) c WHERE c.pk > 0 ORDER BY c.pk) k
                ) || ') key' AS line
         FROM ({SQLITE_TABLES}) t"
    )
}

fn sqlite_foreign_keys() -> String {
    format!(
        "SELECT t.name || '.' || f.\"from\" || ' -> ' || f.\"table\" || '.' || f.\"to\" || ' ' || f.on_delete AS line
         FROM ({SQLITE_TABLES}) t JOIN pragma_foreign_key_list(t.name) f"
    )
}

fn postgres_schema(url: &str) -> Schema {
    let connection = &mut PgConnection::establish(url).unwrap();
    Schema {
        columns: columns(diesel::sql_query(POSTGRES_COLUMNS).load(connection).unwrap()),
        indexes: lines(connection, POSTGRES_INDEXES).into_iter().collect(),
        foreign_keys: lines(connection, POSTGRES_FOREIGN_KEYS).into_iter().collect(),
    }
}

fn sqlite_schema(url: &str) -> Schema {
    let connection = &mut support::sqlite_connection(url);
    Schema {
        columns: columns(diesel::sql_query(sqlite_columns()).load(connection).unwrap()),
        indexes: lines(connection, &sqlite_indexes()).into_iter().collect(),
        foreign_keys: lines(connection, &sqlite_foreign_keys()).into_iter().collect(),
    }
}

mod postgres {
    use super::*;

    #[test]
    fn both_trees_give_one_schema() {
        let (_store, database) = support::postgres_store();
        let (_other, file) = support::sqlite_store();
        let (postgres, mut sqlite) = (postgres_schema(&database.url), sqlite_schema(&file.url));
        for table in ["entries", "login_logs", "chats"] {
            // SQLite keeps rows by `seq` and has no index of it; the one that PostgreSQL would have misleads its planner.
            assert!(sqlite.indexes.remove(&format!("{table} (seq) key")));
            assert!(sqlite.indexes.remove(&format!("{table} (id) unique")));
            sqlite.indexes.insert(format!("{table} (id) key"));
        }
        assert_eq!(postgres.columns, sqlite.columns);
        assert_eq!(postgres.indexes, sqlite.indexes);
        assert_eq!(postgres.foreign_keys, sqlite.foreign_keys);
        assert!(postgres.columns.len() > 50, "nothing was compared: {postgres:?}");
    }

    #[test]
    fn up_down_up_leads_back() {
        let database = support::postgres_database();
        let connection = &mut PgConnection::establish(&database.url).unwrap();
        connection.setup().unwrap();
        let empty = dump(connection);
        connection.run_pending_migrations(support::migrations("postgres")).unwrap();
        let full = dump(connection);
        connection.revert_all_migrations(support::migrations("postgres")).unwrap();
        assert_eq!(dump(connection), empty);
        connection.run_pending_migrations(support::migrations("postgres")).unwrap();
        assert_eq!(dump(connection), full);
        assert!(full.len() > empty.len() + 50);
    }

    /// Everything that a migration makes, as the server describes it.
    fn dump(connection: &mut PgConnection) -> Vec<String> {
        lines(
            connection,
            "SELECT relname || ' ' || relkind::text AS line FROM pg_class WHERE relnamespace = 'public'::regnamespace
             UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
                       FROM pg_constraint WHERE connamespace = 'public'::regnamespace
             UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
             UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
             UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
             UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
             UNION ALL SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default)
                       FROM information_schema.columns WHERE table_schema = 'public'
             ORDER BY 1",
        )
    }

    #[test]
    fn amounts_are_the_only_decimals() {
        let (_store, database) = support::postgres_store();
        let connection = &mut PgConnection::establish(&database.url).unwrap();
        let rows: Vec<ColumnRow> = diesel::sql_query(POSTGRES_COLUMNS).load(connection).unwrap();
        let decimals = rows.iter().filter(|row| row.kind.starts_with("numeric")).collect::<Vec<_>>();
        assert!(matches!(decimals.as_slice(), [row] if row.place == "entries.amount"), "{decimals:?}");
    }

    #[test]
    fn rows_out_of_bounds_are_refused() {
        let (_store, database) = support::postgres_store();
        let connection = &mut PgConnection::establish(&database.url).unwrap();
        refuse_rows_out_of_bounds(|sql| connection.batch_execute(sql));
    }

    #[test]
    fn a_store_says_what_is_pending_until_it_is_migrated() {
        let database = support::postgres_database();
        say_what_is_pending(&database.url);
    }

    #[test]
    fn nodes_may_migrate_at_the_same_time() {
        let database = support::postgres_database();
        migrate_at_the_same_time(&database.url);
    }
}

mod sqlite {
    use super::*;

    #[test]
    fn every_table_is_strict() {
        let (_store, file) = support::sqlite_store();
        let loose = lines(
            &mut support::sqlite_connection(&file.url),
            &format!("SELECT name AS line FROM pragma_table_list WHERE strict = 0 AND name IN ({SQLITE_TABLES})"),
        );
        assert_eq!(loose, Vec::<String>::new());
    }

    #[test]
    fn up_down_up_leads_back() {
        let (_store, file) = support::sqlite_store();
        let connection = &mut support::sqlite_connection(&file.url);
        let all = "SELECT coalesce(sql, name) AS line FROM sqlite_master WHERE name <> 'sqlite_sequence' ORDER BY name";
        let full = lines(connection, all);
        connection.revert_all_migrations(support::migrations("sqlite")).unwrap();
        let empty = lines(connection, all);
        assert!(empty.iter().all(|line| line.contains("__diesel_schema_migrations")), "{empty:?}");
        connection.run_pending_migrations(support::migrations("sqlite")).unwrap();
        assert_eq!(lines(connection, all), full);
    }

    #[test]
    fn rows_out_of_bounds_are_refused() {
        let (_store, file) = support::sqlite_store();
        let connection = &mut support::sqlite_connection(&file.url);
        connection.batch_execute("PRAGMA foreign_keys = ON").unwrap();
        refuse_rows_out_of_bounds(|sql| connection.batch_execute(sql));
    }

    #[test]
    fn a_store_says_what_is_pending_until_it_is_migrated() {
        let file = support::sqlite_file();
        say_what_is_pending(&file.url);
    }

    #[test]
    fn nodes_may_migrate_at_the_same_time() {
        let file = support::sqlite_file();
        migrate_at_the_same_time(&file.url);
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let (_store, file) = support::sqlite_store();
        let url: DatabaseUrl = file.url.parse().unwrap();
        let path = url.sqlite_path().unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(path.parent().unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }
}

fn say_what_is_pending(url: &str) {
    let store = support::open(url);
    let pending = store.pending_migrations().unwrap();
    assert_eq!(pending.first().map(String::as_str), Some("0001"));
    assert!(store.check().is_err());
    assert_eq!(store.migrate().unwrap(), pending);
    assert_eq!(store.pending_migrations().unwrap(), Vec::<String>::new());
    store.check().unwrap();
    assert_eq!(store.migrate().unwrap(), Vec::<String>::new());
}

fn migrate_at_the_same_time(url: &str) {
    let store = support::open(url);
    let applied = std::thread::scope(|scope| {
        let nodes = [0; 3].map(|_| scope.spawn(|| store.migrate().unwrap().len()));
        nodes.map(|node| node.join().unwrap())
    });
    assert_eq!(applied.iter().filter(|count| **count > 0).count(), 1, "{applied:?}");
    store.check().unwrap();
}

/// Lays down one good row of each table, and then tries to spoil each of them.
fn refuse_rows_out_of_bounds(mut execute: impl FnMut(&str) -> QueryResult<()>) {
    const AT: &str = "2026-11-20T10:11:12.000000Z";
    let id = |digit: u32| format!("00000000-0000-4000-8000-00000000000{digit}");
    let (category, subcategory, entry, chat, message) = (id(1), id(2), id(3), id(4), id(5));
    let digest = "0".repeat(64);
    let user = |name: &str| {
        format!(
            "INSERT INTO users (email, username, username_key, password_hash, first_name, last_name, phone_number, bio,
                 is_staff, is_superuser, is_operator, state, email_verified, date_joined, token_version)
             VALUES ('{name}', '{name}', '{name}', '', '', '', '', '', false, false, false, 'active', false, '{AT}', 0);"
        )
    };
    execute(&format!(
        "{} {}
         INSERT INTO categories (id, name, description, kind, hex_color) VALUES ('{category}', 'n', 'd', 'k', '#000000');
         INSERT INTO subcategories (id, name, description, hex_color, category)
             VALUES ('{subcategory}', 'n', 'd', '#000000', '{category}');
         INSERT INTO entries (id, side, owner, title, description, amount, creation_date, creation_time, category,
                 subcategory)
             VALUES ('{entry}', 'expense', 1, 't', 'd', 1, '2026-11-20', '10:11:12.000000', '{category}', '{subcategory}');
         INSERT INTO chats (id, customer, admin, created_at) VALUES ('{chat}', 1, 2, '{AT}');
         INSERT INTO chat_messages (chat, seq, id, sender, sent_at, body, client_msg_id)
             VALUES ('{chat}', 1, '{message}', 1, '{AT}', 'b', 'c');
         INSERT INTO answers (id, owner, fingerprint, status, headers, body, expires_at)
             VALUES ('{digest}', 1, '{digest}', 202, '', '', '{AT}');",
        user("ann@example.org"),
        user("bob@example.org"),
    ))
    .unwrap();
    let long = |length: usize| "ñ".repeat(length);
    let spoilt = [
        "UPDATE users SET email = 'ANN@EXAMPLE.ORG' WHERE id = 1".to_owned(),
        "UPDATE users SET email = 'bob@example.org' WHERE id = 1".to_owned(),
        "UPDATE users SET username_key = 'bob@example.org' WHERE id = 1".to_owned(),
        "UPDATE users SET state = 'gone'".to_owned(),
        "UPDATE users SET token_version = -1".to_owned(),
        format!("UPDATE users SET first_name = '{}'", long(151)),
        "UPDATE categories SET name = ''".to_owned(),
        format!("UPDATE categories SET kind = '{}'", long(101)),
        "UPDATE subcategories SET hex_color = '#0000000'".to_owned(),
        "DELETE FROM subcategories".to_owned(),
        "DELETE FROM categories".to_owned(),
        "UPDATE entries SET amount = 0".to_owned(),
        "UPDATE entries SET amount = 10000000000".to_owned(),
        "UPDATE entries SET side = 'income'".to_owned(),
        "UPDATE entries SET side = 'gift'".to_owned(),
        "UPDATE entries SET subcategory = NULL".to_owned(),
        format!("UPDATE entries SET category = '{entry}'"),
        format!("UPDATE entries SET title = '{}'", long(101)),
        "UPDATE chats SET admin = customer".to_owned(),
        format!("INSERT INTO chats (id, customer, admin, created_at) VALUES ('{message}', 1, 2, '{AT}')"),
        format!("UPDATE chat_messages SET body = '{}'", long(256)),
        "UPDATE chat_messages SET body = ''".to_owned(),
        format!("UPDATE chat_messages SET client_msg_id = '{}'", long(65)),
        format!("INSERT INTO chat_messages VALUES ('{chat}', 1, '{chat}', 1, '{AT}', 'b', NULL)"),
        format!("INSERT INTO chat_messages VALUES ('{chat}', 2, '{chat}', 1, '{AT}', 'b', 'c')"),
        "UPDATE answers SET id = '0'".to_owned(),
        "UPDATE answers SET fingerprint = '0'".to_owned(),
        "UPDATE answers SET status = 400".to_owned(),
        "UPDATE answers SET status = NULL".to_owned(),
        "UPDATE answers SET headers = NULL".to_owned(),
        "UPDATE answers SET body = NULL".to_owned(),
        format!("INSERT INTO trail (at, action, subject, details) VALUES ('{AT}', 'slept', 1, '')"),
    ];
    for sql in spoilt {
        assert!(execute(&sql).is_err(), "this was taken: {sql}");
    }
    // The bounds themselves are within them.
    execute(&format!("UPDATE entries SET title = '{}'; UPDATE chat_messages SET body = '{}'", long(100), long(255)))
        .unwrap();
    execute("DELETE FROM users").unwrap();
    execute("DELETE FROM subcategories; DELETE FROM categories").unwrap();
}
