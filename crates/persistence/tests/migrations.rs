//! What a database holds when a migration comes along, it holds afterwards.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use crate::support;
use chat::{Chat, ChatId, Draft, MessageId, NewMessage};
use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::prelude::*;
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use kernel::chrono::DateTime;
use kernel::{Instant, StoreError, Text, UserId, Uuid};
use store::{Store, Tx};

const SUE: UserId = UserId(1);

fn id(digit: u32) -> Uuid {
    format!("00000000-0000-4000-8000-00000000000{digit}").parse().unwrap()
}

/// Sue, who answers, four customers, and the chats that three of them opened, neither in the order of their age nor in that
/// of their identifiers.
fn chats_of_sue() -> String {
    let user = |name: &str, is_staff: bool| {
        format!(
            "INSERT INTO users (email, username, username_key, password_hash, first_name, last_name, phone_number, bio,
                 is_staff, is_superuser, is_operator, state, email_verified, date_joined, token_version)
             VALUES ('{name}', '{name}', '{name}', '', '', '', '', '', {is_staff}, false, false, 'active', false,
                 '2026-11-20T09:00:00.000000Z', 0);"
        )
    };
    let chat = |digit: u32, customer: u32, second: u32| {
        format!(
            "INSERT INTO chats (id, customer, admin, created_at, last_seq)
             VALUES ('{}', {customer}, {SUE}, '2026-11-20T10:00:0{second}.000000Z', 2);",
            id(digit)
        )
    };
    let message = |digit: u32, chat: u32, seq: u32| {
        format!(
            "INSERT INTO chat_messages (chat, seq, id, sender, sent_at, body)
             VALUES ('{}', {seq}, '{}', {SUE}, '2026-11-20T10:01:00.000000Z', 'message {digit}');",
            id(chat),
            id(digit)
        )
    };
    let users = [("sue", true), ("ann", false), ("bob", false), ("cid", false), ("dan", false)];
    let users = users.map(|(name, is_staff)| user(name, is_staff)).concat();
    let chats = [chat(7, 2, 2), chat(9, 3, 1), chat(8, 4, 1)].concat();
    let messages = [message(1, 7, 1), message(2, 9, 1), message(3, 9, 2)].concat();
    [users, chats, messages].concat()
}

/// Migrates a database to its newest schema, and does something in it.
fn after_an_upgrade<R>(url: &str, work: impl FnMut(&mut dyn Tx) -> Result<R, StoreError>) -> R {
    let store = support::open(url);
    store.migrate().unwrap();
    let store: &dyn Store = &store;
    store.write(work).unwrap()
}

fn chats(tx: &mut dyn Tx) -> Result<Vec<Uuid>, StoreError> {
    Ok(tx.list_chats_of_admin(SUE, u32::MAX)?.into_iter().map(|chat| chat.id.0).collect())
}

/// What was said in a chat, each under its number.
fn said(tx: &mut dyn Tx, chat: u32) -> Result<Vec<(i64, String)>, StoreError> {
    let messages = tx.list_last_messages(ChatId(id(chat)), 9)?;
    Ok(messages.into_iter().map(|message| (message.seq, message.text.as_str().to_owned())).collect())
}

fn words(words: &[(i64, &str)]) -> Vec<(i64, String)> {
    words.iter().map(|(seq, text)| (*seq, (*text).to_owned())).collect()
}

fn keep_chats_in_order<C, DB>(url: &str, connection: &mut C, all: &FileBasedMigrations)
where
    C: MigrationHarness<DB> + SimpleConnection,
    DB: diesel::backend::Backend,
    FileBasedMigrations: MigrationSource<DB>,
{
    while connection.run_next_migration(all.clone()).unwrap().to_string() != "0009" {}
    connection.batch_execute(&chats_of_sue()).unwrap();
    let opened_long_ago = Instant::new(DateTime::UNIX_EPOCH);
    let newest = Chat { id: ChatId(id(1)), customer: UserId(5), admin: SUE, created_at: opened_long_ago };
    let draft = Draft { text: Text::stored("message 4".to_owned()), client_msg_id: None };
    let next = NewMessage { id: MessageId(id(4)), chat: ChatId(id(9)), sender: SUE, at: opened_long_ago, draft };
    let answered = after_an_upgrade(url, |tx| {
        assert_eq!(chats(tx)?, [8, 9, 7].map(id), "by their age, and by identifier where that is the same");
        assert_eq!(said(tx, 7)?, words(&[(1, "message 1")]));
        assert_eq!(said(tx, 9)?, words(&[(1, "message 2"), (2, "message 3")]));
        tx.insert_chat(&newest)?;
        assert_eq!(chats(tx)?, [8, 9, 7, 1].map(id), "a new one comes behind those that were there");
        tx.insert_message(&next)
    });
    assert_eq!(answered.unwrap().seq, 3);

    while connection.revert_last_migration(all.clone()).unwrap().to_string() != "0010" {}
    after_an_upgrade(url, |tx| {
        assert_eq!(chats(tx)?, [1, 8, 9, 7].map(id), "only their age was kept");
        assert_eq!(said(tx, 7)?, words(&[(1, "message 1")]));
        assert_eq!(said(tx, 9)?, words(&[(1, "message 2"), (2, "message 3"), (3, "message 4")]));
        tx.delete_chat(ChatId(id(9)))?;
        assert_eq!(said(tx, 9)?, words(&[]), "messages still go with their chat");
        Ok(())
    });
}

mod postgres {
    use super::*;

    #[test]
    fn chats_are_put_in_the_order_of_their_age_and_keep_their_messages() {
        let database = support::postgres_database();
        let connection = &mut PgConnection::establish(&database.url).unwrap();
        keep_chats_in_order(&database.url, connection, &support::migrations("postgres"));
    }
}

mod sqlite {
    use super::*;

    #[test]
    fn chats_are_put_in_the_order_of_their_age_and_keep_their_messages() {
        let file = support::sqlite_file();
        drop(support::open(&file.url));
        let connection = &mut support::sqlite_connection(&file.url);
        connection.batch_execute("PRAGMA foreign_keys = ON").unwrap();
        keep_chats_in_order(&file.url, connection, &support::migrations("sqlite"));
    }
}
