//! With 100,000 entries of 1,000 users, every list is served by an index.
#![expect(clippy::unwrap_used, clippy::panic, reason = "what fails here fails the test")]

use crate::support;
use categories::CategoryError;
use diesel::connection::{InstrumentationEvent, SimpleConnection, set_default_instrumentation};
use diesel::prelude::*;
use diesel::sql_types::Text as TextSql;
use idempotency::{Key, Request, Sender};
use kernel::chrono::{DateTime, NaiveDate, NaiveTime};
use kernel::{
    CategoryId, Instant, PageRequest, Period, Position, SessionId, StoreError, SubcategoryId, Text, UserId, Uuid,
};
use ledger::{EntryId, Grouping, Side};
use persistence::{DatabaseUrl, SqlStore};
use std::cell::RefCell;
use store::{Store, Tx};
use users::UserFilter;

thread_local! {
    /// The statements of this thread, as they were sent.
    static SENT: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// The statements of this thread that were prepared to be kept.
    static PREPARED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

#[expect(clippy::needless_pass_by_value, reason = "Diesel hands it over")]
fn note(event: InstrumentationEvent<'_>) {
    match event {
        InstrumentationEvent::StartQuery { query, .. } => {
            let text = query.to_string();
            let sql = text.split(" -- binds:").next().unwrap().trim().to_owned();
            SENT.with_borrow_mut(|sent| sent.push(sql));
        }
        InstrumentationEvent::CacheQuery { sql, .. } => {
            PREPARED.with_borrow_mut(|prepared| prepared.push(sql.to_owned()));
        }
        _ => {}
    }
}

/// What nearly every request asks is prepared once and kept, which is a round trip less on PostgreSQL.
fn keep_hot_statements(store: &dyn Store) {
    let (user, uuid) = (UserId(7), Uuid::nil());
    let end_date = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let period = Period { start_date: None, end_date, start_time: None, end_time: None };
    let ask = || {
        PREPARED.take();
        let asked = store.read::<_, StoreError>(|tx| {
            tx.find_account_status(user, SessionId(uuid))?;
            tx.list_entries(Side::Expense, user, &period, u32::MAX)?;
            tx.find_missing_references(Some(CategoryId(uuid)), None)
        });
        asked.unwrap();
        PREPARED.take()
    };
    assert_eq!(ask().len(), 3);
    assert_eq!(ask(), Vec::<String>::new());
}

/// A request that its client named.
fn a_request(user: UserId) -> Request {
    Request::new(Sender::User(user), "POST /things", &Key::parse("key").unwrap(), b"{}")
}

/// Every question that is not about a whole table.
fn ask_everything(tx: &mut dyn Tx) -> Result<(), StoreError> {
    let (user, now, uuid) = (UserId(7), Instant::new(DateTime::from_timestamp(1_800_000_000, 0).unwrap()), Uuid::nil());
    let since = NaiveDate::from_ymd_opt(2026, 11, 1);
    let end_date = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let everything = Period { start_date: None, end_date, start_time: None, end_time: None };
    let morning = NaiveTime::from_hms_opt(12, 0, 0);
    let mornings = Period { start_date: since, end_date, start_time: Some(NaiveTime::MIN), end_time: morning };
    let wanted = PageRequest { after: Position(1_000), limit: 100 };
    for period in [everything, mornings] {
        tx.list_entries_after(Side::Expense, user, &period, wanted)?;
        tx.list_filed_entries_after(Side::Expense, user, &period, wanted)?;
        tx.list_login_logs_after(user, &period, wanted)?;
        tx.list_entries(Side::Expense, user, &period, u32::MAX)?;
        tx.list_login_logs(user, &period, u32::MAX)?;
        for grouping in Grouping::ALL {
            tx.sum_entries(user, &period, grouping)?;
        }
    }
    tx.find_entry(Side::Expense, user, EntryId(uuid))?;
    let names = ["a", "b", &uuid.to_string()].map(|name| Text::stored(name.to_owned()));
    tx.find_known_external_ids(Side::Expense, user, &names)?;
    tx.find_categories_named("n")?;
    tx.find_subcategories_named("n", None)?;
    tx.find_subcategories_named("n", Some(CategoryId(uuid)))?;
    tx.find_missing_references(Some(CategoryId(uuid)), Some(SubcategoryId(uuid)))?;
    tx.find_category(CategoryId(uuid))?;
    tx.list_categories(Some("kind 7"), u32::MAX)?;
    tx.list_categories_after(None, wanted)?;
    tx.list_categories_after(Some("kind 7"), wanted)?;
    tx.list_subcategories_after(None, wanted)?;
    tx.list_subcategories_after(Some(CategoryId(uuid)), wanted)?;
    tx.list_users_after(&UserFilter::everybody(now), wanted)?;
    tx.find_subcategory(SubcategoryId(uuid))?;
    tx.list_subcategories(Some(CategoryId(uuid)), u32::MAX)?;
    tx.count_failed_logins(user, now)?;
    tx.list_trail(50)?;
    tx.find_user(user)?;
    tx.find_user_by_login("user7@example.org")?;
    tx.count_superusers()?;
    tx.list_users(
        &UserFilter { joined_from: Some(now), joined_before: Some(now), ..UserFilter::everybody(now) },
        u32::MAX,
    )?;
    tx.find_account_status(user, SessionId(uuid))?;
    tx.is_session_revoked(SessionId(uuid))?;
    tx.find_response(&a_request(user).id)?;
    tx.find_chat(chat::ChatId(uuid))?;
    tx.find_chat_of_customer(user)?;
    tx.list_chats_of_admin(user, u32::MAX)?;
    tx.list_chats_of_admin_after(user, wanted)?;
    tx.is_agent(user)?;
    tx.find_free_agent(&[user])?;
    tx.list_messages_after(chat::ChatId(uuid), 0, 100)?;
    tx.list_last_messages(chat::ChatId(uuid), 100)?;
    tx.find_message_of_client(chat::ChatId(uuid), user, &chat::ClientMessageId("c".to_owned()))?;
    Ok(())
}

/// What changes something, and must find its row, or the rows that refer to it, without looking through all of them.
fn change_something(tx: &mut dyn Tx) -> Result<(), CategoryError> {
    let (user, uuid) = (UserId(7), Uuid::nil());
    tx.purge_revoked_sessions(Instant::FAR_FUTURE, 3)?;
    tx.purge_responses(Instant::FAR_FUTURE, 3)?;
    tx.forget_expired_response(&a_request(user).id, Instant::FAR_FUTURE)?;
    let answer = idempotency::StoredResponse { status: 202, headers: String::new(), body: String::new() };
    tx.keep_response(&a_request(user).id, &answer)?;
    tx.delete_entry(Side::Expense, user, EntryId(uuid))?;
    tx.delete_login_log(audit::LoginLogId(uuid))?;
    tx.delete_chat(chat::ChatId(uuid))?;
    tx.delete_subcategory(SubcategoryId(uuid))?;
    tx.delete_category(CategoryId(uuid))?;
    Ok(())
}

/// The statements behind every question, each of them once.
fn statements(store: &dyn Store) -> Vec<String> {
    SENT.take();
    store.read(ask_everything).unwrap();
    store.write(change_something).unwrap();
    let mut sent = SENT.take();
    sent.retain(|sql| ["SELECT", "DELETE", "UPDATE"].iter().any(|verb| sql.starts_with(verb)));
    sent.sort();
    sent.dedup();
    assert!(sent.len() > 25, "{sent:#?}");
    sent
}

/// Whether a statement reads a part of a list of everybody's rows: it must follow the index of the list's order to its
/// limit, because sorting would read the whole list for every part.
fn is_part(sql: &str) -> bool {
    sql.contains("LIMIT")
        && ["entries", "login_logs", "chats"]
            .iter()
            .any(|table| sql.replace(['"', '`'], "").contains(&format!("{table}.seq > ")))
}

/// Fills a database; `numbers` gives a table of the whole numbers from 1 on, `uuid` an identifier for a number.
fn filling(numbers: impl Fn(u32) -> String, uuid: impl Fn(&str, u32) -> String) -> String {
    let at = "'2026-11-20T10:11:12.000000Z'";
    let (users, categories, subcategories) = (numbers(1_000), numbers(2_000), numbers(4_000));
    let (entries, logs, chats, messages) = (numbers(100_000), numbers(20_000), numbers(900), numbers(20_000));
    let (category, subcategory) = (uuid("n % 2000 + 1", 1), uuid("n % 4000 + 1", 2));
    let day = "'2026-' || substr('0' || (n % 9 + 1), -2, 2) || '-' || (n % 18 + 10)";
    let day = if numbers(1).contains("generate_series") {
        "make_date(2026, (n % 9 + 1)::int, (n % 18 + 10)::int)".to_owned()
    } else {
        day.to_owned()
    };
    let digest = "substr('000000000000000000000000000000000000000000000000000000000000000' || n, -64)";
    let digest = if numbers(1).contains("generate_series") { "lpad(n::text, 64, '0')" } else { digest };
    format!(
        "INSERT INTO users (email, username, username_key, password_hash, first_name, last_name, phone_number, bio,
             is_staff, is_superuser, is_operator, state, email_verified, date_joined, token_version)
         SELECT 'user' || n || '@example.org', 'user' || n, 'user' || n, '', '', '', '', '', n > 900, n > 998, false,
             'active', false, {at}, 0 FROM {users};
         INSERT INTO categories (id, name, description, kind, hex_color)
             SELECT {}, 'n' || n, 'd', 'kind ' || (n % 50), '#000000' FROM {categories};
         INSERT INTO subcategories (id, name, description, hex_color, category)
             SELECT {}, 'n' || n, 'd', '#000000', {category} FROM {subcategories};
         INSERT INTO entries (id, side, owner, title, description, amount, creation_date, creation_time, category,
             subcategory)
             SELECT {}, 'expense', n % 1000 + 1, 't', 'd', 1, {day}, '10:11:12.000000', {category}, {subcategory}
             FROM {entries};
         INSERT INTO login_logs (id, user_id, recorded_at, creation_date, creation_time, platform_os, successful,
             description)
             SELECT {}, n % 1000 + 1, {at}, '2026-11-20', '10:11:12.000000', 'web', true, 'd' FROM {logs};
         INSERT INTO trail (at, action, subject, details) SELECT {at}, 'user_updated', n, '' FROM {logs};
         INSERT INTO chats (id, customer, admin, created_at) SELECT {}, n, 901 + n % 100, {at} FROM {chats};
         INSERT INTO chat_messages (chat, seq, id, sender, sent_at, body)
             SELECT {}, n, {}, n % 1000 + 1, {at}, 'b' FROM {messages};
         INSERT INTO revoked_sessions (session, expires_at) SELECT {}, {at} FROM {logs};
         INSERT INTO answers (id, owner, fingerprint, status, headers, body, expires_at)
             SELECT {digest}, n % 1000 + 1, {digest}, 202, '', '{{}}', {at} FROM {logs};
         ANALYZE;",
        uuid("n", 1),
        uuid("n", 2),
        uuid("n", 3),
        uuid("n", 4),
        uuid("n", 5),
        uuid("n % 900 + 1", 5),
        uuid("n", 6),
        uuid("n", 7),
    )
}

#[derive(Debug, QueryableByName)]
struct PlanRow {
    #[diesel(sql_type = TextSql, column_name = "QUERY PLAN")]
    line: String,
}

#[derive(Debug, QueryableByName)]
struct StepRow {
    #[diesel(sql_type = TextSql)]
    detail: String,
}

mod postgres {
    use super::*;

    /// A store and another connection to its database, now filled.
    fn filled() -> (SqlStore, PgConnection, support::PostgresDatabase) {
        set_default_instrumentation(|| Some(Box::new(note))).unwrap();
        let (store, database) = support::postgres_store();
        keep_hot_statements(&store);
        let mut connection = PgConnection::establish(&database.url).unwrap();
        let numbers = |count| format!("generate_series(1, {count}) n");
        let uuid = |number: &str, kind| format!("md5('{kind} ' || ({number}))::uuid");
        connection.batch_execute(&filling(numbers, uuid)).unwrap();
        (store, connection, database)
    }

    /// How a statement is carried out with these values for its parameters.
    fn plan_with(connection: &mut PgConnection, sql: &str, values: &str) -> Vec<String> {
        connection.batch_execute(&format!("PREPARE question AS {sql}")).unwrap();
        let execute = if values.is_empty() { "question".to_owned() } else { format!("question({values})") };
        let plan = diesel::sql_query(format!("EXPLAIN EXECUTE {execute}")).load::<PlanRow>(connection).unwrap();
        connection.batch_execute("DEALLOCATE question").unwrap();
        plan.into_iter().map(|row| row.line).collect()
    }

    /// The plan for any parameters at all, as prepared statements come to use it.
    fn plan_of(connection: &mut PgConnection, sql: &str) -> Vec<String> {
        let parameters = (1..100).take_while(|number| sql.contains(&format!("${number}"))).count();
        plan_with(connection, sql, &vec!["NULL"; parameters].join(", "))
    }

    #[test]
    fn every_list_is_served_by_an_index_and_hot_statements_are_kept() {
        let (store, mut connection, _database) = filled();
        connection.batch_execute("SET plan_cache_mode = force_generic_plan").unwrap();
        for sql in statements(&store) {
            let plan = plan_of(&mut connection, &sql);
            // Who is given a chat is chosen among all agents, so their small table is read whole.
            let is_scan = |line: &String| line.contains("Seq Scan") && !line.contains("on support_agents");
            assert!(!plan.iter().any(is_scan), "{sql}\n{plan:#?}");
            let sorts = plan.iter().any(|line| line.contains("Sort"));
            assert!(!(sorts && is_part(&sql)), "{sql}\n{plan:#?}");
        }
        let list = "SELECT * FROM entries WHERE description = $1";
        let plan = plan_of(&mut connection, list);
        assert!(plan.iter().any(|line| line.contains("Seq Scan")), "this would find a missing index: {plan:#?}");
    }

    /// A planner that knows the values thinks that rows of whoever owns most of them are found everywhere, and would look for
    /// the first of them among the rows of all who came earlier.
    #[test]
    fn a_part_of_the_longest_list_is_not_looked_for_among_the_rows_of_others() {
        let (store, mut connection, _database) = filled();
        let longest =
            "INSERT INTO entries (id, side, owner, title, description, amount, creation_date, creation_time, category,
                subcategory)
                SELECT gen_random_uuid(), side, 7, 't', 'd', 1, creation_date, creation_time, category, subcategory
                FROM entries, generate_series(1, 4);
            INSERT INTO login_logs (id, user_id, recorded_at, creation_date, creation_time, platform_os, successful,
                description)
                SELECT gen_random_uuid(), 7, recorded_at, creation_date, creation_time, 'web', true, 'd'
                FROM login_logs, generate_series(1, 4);
            INSERT INTO users (email, username, username_key, password_hash, first_name, last_name, phone_number, bio,
                is_staff, is_superuser, is_operator, state, email_verified, date_joined, token_version)
                SELECT n || email, n || username, n || username_key, '', '', '', '', '', false, false, false, state, false,
                    date_joined, 0
                FROM users, generate_series(1, 20) n;
            INSERT INTO chats (id, customer, admin, created_at)
                SELECT gen_random_uuid(), id, 7, date_joined FROM users WHERE id > 1000;
            ANALYZE; SET plan_cache_mode = force_custom_plan;";
        connection.batch_execute(longest).unwrap();
        let parts: Vec<String> = statements(&store).into_iter().filter(|sql| is_part(sql)).collect();
        assert_eq!(parts.len(), 4, "{parts:#?}");
        let whenever = "'0001-01-01', '2026-12-31', '00:00', '23:59:59', true";
        for sql in parts {
            let (values, index) = if sql.contains("entries") {
                (format!("7, 'expense', 0, {whenever}, 100"), "entries_owner_seq")
            } else if sql.contains("login_logs") {
                (format!("7, 0, {whenever}, 100"), "login_logs_user")
            } else {
                ("7, 0, 100".to_owned(), "chats_admin")
            };
            let plan = plan_with(&mut connection, &sql, &values);
            assert!(plan.iter().any(|line| line.contains(&format!("using {index} "))), "{sql}\n{plan:#?}");
        }
    }
}

mod sqlite {
    use super::*;

    fn plan_of(connection: &mut SqliteConnection, sql: &str) -> Vec<String> {
        let steps = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load::<StepRow>(connection);
        steps.unwrap_or_else(|error| panic!("{sql}: {error}")).into_iter().map(|row| row.detail).collect()
    }

    /// Whether a step looks through a whole table. A list in the order of its key that ends at a limit does not, nor does
    /// one along an index.
    fn is_scan(step: &str, sql: &str) -> bool {
        let walks_the_key = sql.contains("ORDER BY `trail`.`seq` DESC LIMIT");
        step.starts_with("SCAN") && !step.contains(" INDEX ") && step != "SCAN CONSTANT ROW" && !walks_the_key
    }

    #[test]
    fn every_list_is_served_by_an_index_and_hot_statements_are_kept() {
        set_default_instrumentation(|| Some(Box::new(note))).unwrap();
        let (store, file) = support::sqlite_store();
        keep_hot_statements(&store);
        let url: DatabaseUrl = file.url.parse().unwrap();
        let mut connection = SqliteConnection::establish(url.sqlite_path().unwrap().to_str().unwrap()).unwrap();
        let numbers = |count| {
            format!(
                "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {count}) SELECT n FROM c)"
            )
        };
        let uuid = |number: &str, kind| format!("printf('%08d-0000-4000-8000-%012d', {kind}, {number})");
        connection.batch_execute(&filling(numbers, uuid)).unwrap();
        for sql in statements(&store) {
            let plan = plan_of(&mut connection, &sql);
            assert!(!plan.iter().any(|step| is_scan(step, &sql)), "{sql}\n{plan:#?}");
            let sorts = plan.iter().any(|step| step.contains("TEMP B-TREE"));
            assert!(!(sorts && is_part(&sql)), "{sql}\n{plan:#?}");
        }
        let plan = plan_of(&mut connection, "SELECT * FROM entries WHERE description = ?");
        assert!(plan.iter().any(|step| is_scan(step, "")), "this would find a missing index: {plan:#?}");
    }
}
