//! Rows of chats and messages, as they are read.

use crate::chat::schema::{chat_messages, chats};
use crate::row_types::{DbInstant, DbUuid};
use ::chat::{Chat, ChatId, ClientMessageId, Message, MessageId};
use diesel::prelude::*;
use kernel::{Text, UserId};

/// A chat.
#[derive(Queryable, Selectable)]
#[diesel(table_name = chats)]
pub(super) struct ChatRow {
    id: DbUuid,
    customer: i64,
    admin: i64,
    created_at: DbInstant,
}

impl ChatRow {
    pub(super) fn into_chat(self) -> Chat {
        Chat {
            id: ChatId(self.id.0),
            customer: UserId(self.customer),
            admin: UserId(self.admin),
            created_at: self.created_at.0,
        }
    }
}

/// A message.
#[derive(Queryable, Selectable)]
#[diesel(table_name = chat_messages)]
pub(super) struct MessageRow {
    chat: DbUuid,
    seq: i64,
    id: DbUuid,
    sender: i64,
    sent_at: DbInstant,
    body: String,
    client_msg_id: Option<String>,
}

/// A message, and how its sender is called today: e-mail and first name.
pub(super) type NamedMessageRow = (MessageRow, String, String);

/// The message that a row keeps.
pub(super) fn into_message((row, sender_email, sender_first_name): NamedMessageRow) -> Message {
    Message {
        seq: row.seq,
        id: MessageId(row.id.0),
        chat: ChatId(row.chat.0),
        sender: UserId(row.sender),
        at: row.sent_at.0,
        text: Text::stored(row.body),
        client_msg_id: row.client_msg_id.map(ClientMessageId),
        sender_email,
        sender_first_name,
    }
}
