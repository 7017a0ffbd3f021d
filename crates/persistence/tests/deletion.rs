//! Deleting a user leaves no row of it, on either engine, without any help of foreign keys that cascade.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use crate::support;
use audit::{LoginLog, LoginLogId, LoginOutcome};
use auth::Caller;
use categories::Category;
use chat::{Chat, ChatId, Draft, MessageId, NewMessage};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use idempotency::{Key, Request, Sender, StoredResponse};
use kernel::chrono::DateTime;
use kernel::fakes::SequentialIds;
use kernel::{CategoryId, IdSource, Instant, Money, Raw, SessionId, UserId, Uuid};
use ledger::{Entry, EntryId, Side};
use persistence::SqlStore;
use store::Store;
use users::{Email, Role, UserDetails};

fn now() -> Instant {
    Instant::new(DateTime::from_timestamp(1_800_000_000, 0).unwrap())
}

fn text<const MAX: usize>(text: &str) -> kernel::Text<MAX> {
    kernel::Text::parse(&Raw::Text(text.to_owned())).unwrap()
}

fn add_staff(store: &dyn Store, name: &str) -> UserId {
    let email = Email::parse(&Raw::Text(format!("{name}@example.org"))).unwrap();
    let staff = UserDetails { is_staff: true, ..UserDetails::active(email, "hash".to_owned(), now()) };
    store.write(|tx| tx.insert_user(&staff)).unwrap().id
}

fn open_chat(store: &dyn Store, ids: &dyn IdSource, customer: UserId, admin: UserId) {
    let chat = Chat { id: ChatId(ids.uuid()), customer, admin, created_at: now() };
    store.write::<_, kernel::StoreError>(|tx| tx.insert_chat(&chat)).unwrap();
    for sender in [customer, admin] {
        let draft = Draft { text: text("hello"), client_msg_id: None };
        let message = NewMessage { id: MessageId(ids.uuid()), chat: chat.id, sender, at: now(), draft };
        store.write::<_, kernel::StoreError>(|tx| tx.insert_message(&message)).unwrap();
    }
}

/// Stores an entry, a login log and an answer of this user.
fn fill(store: &dyn Store, ids: &dyn IdSource, user: UserId, category: CategoryId) {
    let entry = Entry {
        id: EntryId(ids.uuid()),
        side: Side::Income,
        owner: user,
        title: text("Salary"),
        description: text("November"),
        amount: Money::from_minor(1250),
        creation_date: now().date(),
        creation_time: now().time(),
        category,
        subcategory: None,
    };
    let log = LoginLog::new(LoginLogId(ids.uuid()), user, now(), "web", LoginOutcome::Successful);
    let key = Key::parse("k1").unwrap();
    let request = Request::new(Sender::User(user), "POST /", &key, b"");
    store
        .write::<_, kernel::StoreError>(|tx| {
            tx.insert_entry(&entry)?;
            tx.insert_login_log(&log)?;
            tx.reserve_response(&request, now().plus_seconds(60))?;
            let answer = StoredResponse { status: 201, headers: "[]".to_owned(), body: "{}".to_owned() };
            tx.keep_response(&request.id, &answer)
        })
        .unwrap();
}

/// Table and column of a foreign key to the users.
#[derive(Debug, QueryableByName)]
struct Reference {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    column: String,
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Deletes a user that every reference knows, and looks for what is left.
fn leave_nothing(store: &dyn Store, references: &[Reference], mut count: impl FnMut(&str) -> i64) {
    let ids = SequentialIds::default();
    let [ann, bob, sue] = ["ann", "bob", "sue"].map(|name| add_staff(store, name));
    let category = Category {
        id: CategoryId(ids.uuid()),
        name: text("Home"),
        description: text("Rent and repairs"),
        kind: text("income"),
        hex_color: text("#a0b1c2"),
    };
    store.write::<_, kernel::StoreError>(|tx| tx.insert_category(&category)).unwrap();
    for user in [ann, bob, sue] {
        fill(store, &ids, user, category.id);
    }
    // Ann's own chat, one that Sue can take, and one that nobody else can, because Bob may no longer answer.
    open_chat(store, &ids, ann, bob);
    open_chat(store, &ids, bob, ann);
    open_chat(store, &ids, sue, ann);
    store
        .write::<_, users::UserError>(|tx| {
            let mut blocked = tx.find_user(bob)?.unwrap();
            blocked.block();
            tx.update_user(&blocked)
        })
        .unwrap();

    let mut rows_of = |user: UserId, reference: &Reference| {
        count(&format!("SELECT count(*) AS count FROM {} WHERE {} = {user}", reference.table, reference.column))
    };
    assert!(references.len() > 5, "these are not all: {references:?}");
    for reference in references {
        assert!(rows_of(ann, reference) > 0, "{reference:?}: give Ann a row here, and `accounts::delete_user` a line");
    }
    let root = Caller {
        id: UserId(i64::MAX),
        session: SessionId(Uuid::nil()),
        email: String::new(),
        role: Role::Superuser,
        expires_at: Instant::FAR_FUTURE,
    };
    let deleted = store
        .write(|tx| {
            let target = accounts::get_managed_user(tx, &root, ann)?;
            accounts::delete_user(tx, &root, &target, now())
        })
        .unwrap();
    assert_eq!((deleted.handed_over.len(), deleted.closed.len()), (1, 2));
    for reference in references {
        assert_eq!(rows_of(ann, reference), 0, "{reference:?}");
    }
    assert_eq!(store.read::<_, kernel::StoreError>(|tx| tx.find_user(ann)).unwrap(), None);
    for column in ["entries.owner", "login_logs.user_id", "answers.owner", "chats.customer", "chat_messages.sender"] {
        let reference = references.iter().find(|it| format!("{}.{}", it.table, it.column) == column).unwrap();
        assert_eq!(rows_of(bob, reference), 1, "{column}");
    }
}

mod postgres {
    use super::*;

    #[test]
    fn nothing_is_left_to_foreign_keys() {
        let (store, database) = support::postgres_store();
        let connection = &mut PgConnection::establish(&database.url).unwrap();
        let references: Vec<Reference> = diesel::sql_query(
            "SELECT c.conrelid::regclass::text AS table, a.attname::text AS column, c.conname::text AS name
         FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.contype = 'f' AND c.confrelid = 'users'::regclass",
        )
        .load(connection)
        .unwrap();
        for Reference { table, column, name } in &references {
            let harder = format!(
                "ALTER TABLE {table} DROP CONSTRAINT {name};
             ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}) REFERENCES users (id)"
            );
            connection.batch_execute(&harder).unwrap();
        }
        leave_nothing(&store, &references, |sql| {
            diesel::sql_query(sql).get_result::<CountRow>(connection).unwrap().count
        });
    }
}

mod sqlite {
    use super::*;

    #[test]
    fn nothing_is_left_to_foreign_keys() {
        let (store, file) = support::sqlite_store();
        drop(store);
        let connection = &mut support::sqlite_connection(&file.url);
        connection
            .batch_execute(
                "PRAGMA writable_schema = ON;
             UPDATE sqlite_master
             SET sql = replace(sql, 'REFERENCES users (id) ON DELETE CASCADE', 'REFERENCES users (id)');
             PRAGMA writable_schema = RESET",
            )
            .unwrap();
        let references: Vec<Reference> = diesel::sql_query(
            "SELECT t.name AS \"table\", f.\"from\" AS \"column\", f.on_delete AS name
         FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table' AND f.\"table\" = 'users'",
        )
        .load(connection)
        .unwrap();
        assert!(references.iter().all(|reference| reference.name == "NO ACTION"), "one still cascades: {references:?}");
        let store: SqlStore = support::open(&file.url);
        leave_nothing(&store, &references, |sql| {
            diesel::sql_query(sql).get_result::<CountRow>(connection).unwrap().count
        });
    }
}
