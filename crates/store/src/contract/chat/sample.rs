//! Chats and messages for clauses to store, and short ways to store them.

use crate::Store;
use crate::contract::sample::{at, text, write};
use chat::{Chat, ChatId, Draft, MessageId, NewMessage};
use kernel::{UserId, Uuid};

/// A chat, opened at `at(0)`.
pub(crate) fn chat(number: u128, customer: UserId, admin: UserId) -> Chat {
    Chat { id: ChatId(Uuid::from_u128(number)), customer, admin, created_at: at(0) }
}

/// Stores a chat, opened at `at(seconds)`.
pub(crate) fn add_chat(store: &dyn Store, number: u128, customer: UserId, admin: UserId, seconds: i64) -> ChatId {
    let chat = Chat { created_at: at(seconds), ..chat(number, customer, admin) };
    write(store, |tx| Ok(tx.insert_chat(&chat)?));
    chat.id
}

/// A message without a name of the sender's.
pub(crate) fn message(number: u128, chat: ChatId, sender: UserId) -> NewMessage {
    let draft = Draft { text: text(&format!("message {number}")), client_msg_id: None };
    NewMessage { id: MessageId(Uuid::from_u128(number)), chat, sender, at: at(0), draft }
}

/// Stores a message, and says its `seq`.
pub(crate) fn add_message(store: &dyn Store, number: u128, chat: ChatId, sender: UserId) -> i64 {
    let message = message(number, chat, sender);
    write(store, |tx| Ok(tx.insert_message(&message)?)).unwrap().seq
}
