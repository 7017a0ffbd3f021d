//! Races: what is answered is what is stored, whoever else writes at the same time.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what fails here fails the test")]

use crate::support::{self, at_once};
use audit::{LoginLog, LoginLogId, LoginOutcome};
use categories::{Category, CategoryError};
use chat::{ChatError, ClientMessageId, Draft, Posted};
use kernel::chrono::DateTime;
use kernel::fakes::SequentialIds;
use kernel::{CategoryId, IdSource, Instant, Money, Raw, StoreError, Text, UserId};
use ledger::{Entry, EntryId, LedgerError, Side};
use std::collections::BTreeSet;
use std::thread;
use store::Store;
use users::{Email, User, UserDetails, UserError};

fn at(seconds: i64) -> Instant {
    Instant::new(DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap())
}

fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::parse(&Raw::Text(text.to_owned())).unwrap()
}

fn new_user(name: &str) -> UserDetails {
    let email = Email::parse(&Raw::Text(format!("{name}@example.org"))).unwrap();
    UserDetails::active(email, "hash".to_owned(), at(0))
}

fn add_user(store: &dyn Store, name: &str) -> UserId {
    store.write(|tx| tx.insert_user(&new_user(name))).unwrap().id
}

fn add_staff(store: &dyn Store, name: &str) -> UserId {
    let staff = UserDetails { is_staff: true, ..new_user(name) };
    store.write(|tx| tx.insert_user(&staff)).unwrap().id
}

fn add_category(store: &dyn Store, ids: &dyn IdSource) -> CategoryId {
    let category = Category {
        id: CategoryId(ids.uuid()),
        name: text("Home"),
        description: text("Rent and repairs"),
        kind: text("income"),
        hex_color: text("#a0b1c2"),
    };
    store.write::<_, StoreError>(|tx| tx.insert_category(&category)).unwrap();
    category.id
}

fn income(ids: &dyn IdSource, owner: UserId, category: CategoryId) -> Entry {
    Entry {
        id: EntryId(ids.uuid()),
        side: Side::Income,
        owner,
        title: text("Salary"),
        description: text("November"),
        amount: Money::from_minor(1250),
        creation_date: at(0).date(),
        creation_time: at(0).time(),
        category,
        subcategory: None,
    }
}

fn one_of_two_registrations_of_an_address_wins(store: &dyn Store) {
    let answers = at_once(8, |_| store.write(|tx| tx.insert_user(&new_user("ann"))));
    let won = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(won, 1, "{answers:?}");
    assert!(answers.iter().all(|answer| matches!(answer, Ok(_) | Err(UserError::Taken))), "{answers:?}");
}

fn first_requests_of_a_customer_open_one_chat(store: &dyn Store) {
    let (ids, customer) = (SequentialIds::default(), add_user(store, "customer"));
    let staff = [add_staff(store, "staff1"), add_staff(store, "staff2")];
    let answers = at_once(8, |_| store.write(|tx| chat::open_chat(tx, &ids, at(1), customer)));
    let chats = answers.into_iter().map(|answer| answer.unwrap().chat).collect::<Vec<_>>();
    assert_eq!(chats.iter().map(|chat| chat.id).collect::<BTreeSet<_>>().len(), 1, "{chats:?}");
    let stored = store.read::<_, ChatError>(|tx| {
        Ok([tx.list_chats_of_admin(staff[0], u32::MAX)?, tx.list_chats_of_admin(staff[1], u32::MAX)?].concat())
    });
    assert_eq!(stored.unwrap(), [chats[0]]);
}

fn one_of_two_deletions_finds_something(store: &dyn Store) {
    let ids = SequentialIds::default();
    let (user, category) = (add_user(store, "ann"), add_category(store, &ids));
    let users = at_once(4, |_| store.write(|tx| tx.delete_user(user)).unwrap());
    assert_eq!(users.into_iter().filter(|deleted| *deleted).count(), 1);
    let categories = at_once(4, |_| store.write(|tx| tx.delete_category(category)).unwrap());
    assert_eq!(categories.into_iter().filter(|deleted| *deleted).count(), 1);
}

fn a_category_is_deleted_or_used_but_not_both(store: &dyn Store) {
    let (ids, owner) = (SequentialIds::default(), add_user(store, "ann"));
    for _ in 0..10 {
        let category = add_category(store, &ids);
        let entry = income(&ids, owner, category);
        let record = || store.write::<_, LedgerError>(|tx| Ok(tx.insert_entry(&entry)?));
        let delete = || match store.write(|tx| tx.delete_category(category)) {
            Err(CategoryError::CategoryInUse) => false,
            answer => answer.unwrap(),
        };
        let done = at_once(2, |number| if number == 0 { record().unwrap() } else { delete() });
        assert_ne!(done[0], done[1], "recorded, deleted: {done:?}");
    }
}

/// Many more than connections: nobody may lose so often that it gives up.
fn messages_at_once_have_numbers_without_gaps(store: &dyn Store) {
    let (ids, customer) = (SequentialIds::default(), add_user(store, "customer"));
    add_staff(store, "staff");
    let chat = store.write(|tx| chat::open_chat(tx, &ids, at(1), customer)).unwrap().chat;
    let post = |words: &str| {
        let draft = Draft { text: text(words), client_msg_id: Some(ClientMessageId(words.to_owned())) };
        match store.write(|tx| chat::post_message(tx, &ids, at(2), chat.id, customer, draft.clone())).unwrap() {
            Posted::New(message) | Posted::Before(message) => message,
        }
    };
    let answered = at_once(32, |number| (0..20).map(|turn| post(&format!("{number}: {turn}"))).collect::<Vec<_>>());
    let mut answered = answered.concat();
    answered.sort_by_key(|message| message.seq);
    assert!(answered.iter().map(|message| message.seq).eq(1..=640), "{answered:?}");
    let stored = store.read::<_, StoreError>(|tx| tx.list_messages_after(chat.id, 0, 1000)).unwrap();
    assert_eq!(stored, answered);
}

fn many_writers_never_get_an_error(store: &dyn Store) {
    let (ids, owner) = (SequentialIds::default(), add_user(store, "ann"));
    let category = add_category(store, &ids);
    at_once(64, |_| {
        for _ in 0..5 {
            let entry = income(&ids, owner, category);
            assert!(store.write::<_, StoreError>(|tx| tx.insert_entry(&entry)).unwrap());
        }
    });
    let period = kernel::Period { start_date: None, end_date: at(0).date(), start_time: None, end_time: None };
    let stored = store.read::<_, StoreError>(|tx| tx.list_entries(Side::Income, owner, &period, u32::MAX)).unwrap();
    assert_eq!(stored.len(), 64 * 5);
}

/// Runs every race on a new store of each engine.
macro_rules! races {
    ($($race:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $race() {
                let (store, _file) = crate::support::sqlite_store();
                super::$race(&store);
            })+
        }
        mod postgres {
            $(#[test] fn $race() {
                let (store, _database) = crate::support::postgres_store();
                super::$race(&store);
            })+
        }
    };
}

races! {
    one_of_two_registrations_of_an_address_wins,
    first_requests_of_a_customer_open_one_chat,
    one_of_two_deletions_finds_something,
    a_category_is_deleted_or_used_but_not_both,
    messages_at_once_have_numbers_without_gaps,
    many_writers_never_get_an_error,
}

/// How a transaction ended that counted rows and added one, while a rival did the same and committed before it, as many
/// times as it was `rivalled`: what was answered, and whether it is stored.
fn rivalled_commit(rivalled: u32) -> (Result<(), StoreError>, bool) {
    let (store, _database) = support::postgres_store();
    let store: &dyn Store = &store;
    let (ids, user) = (SequentialIds::default(), add_user(store, "ann"));
    let log = |outcome| LoginLog::new(LoginLogId(ids.uuid()), user, at(1), "web", outcome);
    let ours = log(LoginOutcome::Failed);
    let mut attempts = 0;
    let answer = store.write::<_, StoreError>(|tx| {
        attempts += 1;
        tx.count_failed_logins(user, at(0))?;
        tx.insert_login_log(&ours)?;
        if attempts <= rivalled {
            let theirs = log(LoginOutcome::Failed);
            store.write::<_, StoreError>(|rival| {
                rival.count_failed_logins(user, at(0))?;
                rival.insert_login_log(&theirs)
            })?;
        }
        Ok(())
    });
    let stored = store.read::<_, StoreError>(|tx| tx.find_login_log(ours.id)).unwrap();
    (answer, stored.is_some())
}

mod commits {
    use super::{add_staff, add_user, at, rivalled_commit, text};
    use crate::support::{self, at_once};
    use chat::Draft;
    use diesel::{Connection, PgConnection};
    use kernel::Failure;
    use kernel::fakes::SequentialIds;
    use std::sync::Barrier;
    use store::Store;

    mod postgres {
        use super::*;

        #[test]
        fn a_commit_that_always_loses_is_an_error_and_stores_nothing() {
            let (answer, stored) = rivalled_commit(u32::MAX);
            assert_eq!(answer.is_ok(), stored, "{answer:?}");
            assert!(answer.unwrap_err().retryable());
        }

        #[test]
        fn a_commit_that_loses_once_is_done_again() {
            let (answer, stored) = rivalled_commit(1);
            assert_eq!((answer.is_ok(), stored), (true, true), "{answer:?}");
        }

        /// PostgreSQL takes a table that was read as a whole for read in every row, and reads small tables as a whole.
        #[test]
        fn who_writes_to_different_chats_does_not_lose_against_the_other() {
            let (store, database) = support::postgres_store();
            let store: &dyn Store = &store;
            let ids = SequentialIds::default();
            add_staff(store, "staff");
            let chats = ["ann", "bob"].map(|name| {
                let customer = add_user(store, name);
                store.write(|tx| chat::open_chat(tx, &ids, at(1), customer)).unwrap().chat
            });
            support::execute(&mut PgConnection::establish(&database.url).unwrap(), "ANALYZE");
            let both_have_written = Barrier::new(2);
            let attempts = at_once(2, |number| {
                let (chat, mut attempts) = (chats[number], 0);
                let draft = Draft { text: text("Hello"), client_msg_id: None };
                let posted = store.write(|tx| {
                    let posted = chat::post_message(tx, &ids, at(2), chat.id, chat.customer, draft.clone());
                    attempts += 1;
                    if attempts == 1 {
                        both_have_written.wait();
                    }
                    posted
                });
                posted.unwrap();
                attempts
            });
            assert_eq!(attempts, [1, 1]);
        }
    }
}

mod connections {
    mod postgres {
        use crate::serialization::add_user;
        use crate::support;
        use diesel::connection::SimpleConnection;
        use diesel::{Connection, PgConnection};
        use kernel::StoreError;
        use store::Store;

        #[test]
        fn those_that_died_are_replaced_unseen() {
            let (store, database) = support::postgres_store();
            let store: &dyn Store = &store;
            let user = add_user(store, "ann");
            let mut killer = PgConnection::establish(&database.url).unwrap();
            let mut kill_others = || {
                let others = "datname = current_database() AND pid <> pg_backend_pid()";
                killer
                    .batch_execute(&format!(
                        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}"
                    ))
                    .unwrap();
            };
            kill_others();
            assert!(store.read::<_, StoreError>(|tx| tx.find_user(user)).unwrap().is_some());
            kill_others();
            assert!(store.write::<_, StoreError>(|tx| tx.delete_user(user)).unwrap());
        }

        #[test]
        fn a_statement_that_failed_unheard_is_not_committed_as_if_it_had_not() {
            let (store, _database) = support::postgres_store();
            let store: &dyn Store = &store;
            let user = add_user(store, "ann");
            let answer = store.write::<_, StoreError>(|tx| {
                tx.delete_user(user)?;
                let chat = chat::Chat {
                    id: chat::ChatId(kernel::Uuid::nil()),
                    customer: user,
                    admin: user,
                    created_at: crate::serialization::at(0),
                };
                assert!(tx.insert_chat(&chat).is_err());
                Ok(())
            });
            assert!(answer.is_err());
            assert!(store.read::<_, StoreError>(|tx| tx.find_user(user)).unwrap().is_some());
        }

        #[test]
        fn reading_changes_nothing() {
            let (store, _database) = support::postgres_store();
            let store: &dyn Store = &store;
            let user = add_user(store, "ann");
            assert!(store.read::<_, StoreError>(|tx| tx.delete_user(user)).is_err());
            assert!(store.read::<_, StoreError>(|tx| tx.find_user(user)).unwrap().is_some());
        }
    }

    mod sqlite {
        use crate::serialization::add_user;
        use crate::support;
        use diesel::connection::SimpleConnection;
        use diesel::{Connection, SqliteConnection};
        use kernel::StoreError;
        use std::path::Path;
        use std::thread;
        use std::time::Duration;
        use store::Store;

        #[test]
        fn a_new_file_opens_while_another_process_has_begun_to_fill_it() {
            let file = support::sqlite_file();
            let path = file.url.strip_prefix("sqlite://").unwrap();
            std::fs::create_dir(Path::new(path).parent().unwrap()).unwrap();
            let mut rival = SqliteConnection::establish(path).unwrap();
            rival.batch_execute("BEGIN IMMEDIATE; CREATE TABLE first (id INTEGER)").unwrap();
            let opening = thread::spawn(move || drop(support::open(&file.url)));
            // Long enough to be met; the store waits much longer.
            thread::sleep(Duration::from_millis(300));
            rival.batch_execute("COMMIT").unwrap();
            opening.join().unwrap();
        }

        #[test]
        fn reading_changes_nothing() {
            let (store, _file) = support::sqlite_store();
            let store: &dyn Store = &store;
            let user = add_user(store, "ann");
            assert!(store.read::<_, StoreError>(|tx| tx.delete_user(user)).is_err());
            assert!(store.read::<_, StoreError>(|tx| tx.find_user(user)).unwrap().is_some());
        }
    }
}

#[test]
fn a_panic_in_a_transaction_leaves_the_store_usable() {
    let (store, _file) = support::sqlite_store();
    let store: &dyn Store = &store;
    let panicked = thread::scope(|scope| {
        let write = || {
            store.write::<User, UserError>(|tx| {
                tx.insert_user(&new_user("ann"))?;
                panic!("on purpose")
            })
        };
        scope.spawn(write).join()
    });
    assert!(panicked.is_err());
    add_user(store, "ann");
}
