//! The support chats and their messages in memory.

use crate::checks::{length, require, require_absent};
use crate::state::{ChatRow, Chats, State};
use chat::{Chat, ChatId, ChatRepository, ClientMessageId, Message, NewMessage};
use kernel::{Instant, PageRequest, Position, StoreError, UserId};
use std::sync::Arc;
use users::{Role, User, UserState};

impl Chats {
    /// The messages of a chat, by `seq`.
    fn messages_of(&self, chat: ChatId) -> impl DoubleEndedIterator<Item = (i64, &NewMessage)> {
        self.messages.range((chat, i64::MIN)..=(chat, i64::MAX)).map(|((_, seq), message)| (*seq, message))
    }
}

fn may_answer(user: &User) -> bool {
    user.role() >= Role::Staff && user.details.state == UserState::Active
}

impl State {
    /// The message with how its sender is called today.
    fn shown(&self, (seq, message): (i64, &NewMessage)) -> Result<Message, StoreError> {
        let sender = self.users.get(message.sender);
        let sender = sender.ok_or_else(|| StoreError::lost_race("the sender is not there"))?;
        let (email, first_name) = (sender.details.email.as_str().to_owned(), sender.details.first_name.clone());
        Ok(message.clone().stored(seq, email, first_name))
    }
}

impl ChatRepository for State {
    fn insert_chat(&mut self, chat: &Chat) -> Result<(), StoreError> {
        require(self.users.contains(chat.customer), "customer")?;
        require(self.users.contains(chat.admin), "administrator")?;
        let rival = self.chats.rows.rows().any(|row| row.chat.customer == chat.customer || row.chat.id == chat.id);
        require_absent(rival, "chat")?;
        let chats = Arc::make_mut(&mut self.chats);
        chats.rows.insert(chat.id, ChatRow { chat: *chat, last_seq: 0 });
        chats.given_a_chat_at.insert(chat.admin, chat.created_at);
        Ok(())
    }

    fn find_chat(&mut self, id: ChatId) -> Result<Option<Chat>, StoreError> {
        Ok(self.chats.rows.get(id).map(|row| row.chat))
    }

    fn find_chat_of_customer(&mut self, customer: UserId) -> Result<Option<Chat>, StoreError> {
        Ok(self.chats.rows.rows().find(|row| row.chat.customer == customer).map(|row| row.chat))
    }

    fn list_chats_of_admin(&mut self, admin: UserId, limit: u32) -> Result<Vec<Chat>, StoreError> {
        Ok(self.chats.rows.list(|row| row.chat.admin == admin, limit).map(|row| row.chat).collect())
    }

    fn list_chats_of_admin_after(
        &mut self,
        admin: UserId,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Chat)>, StoreError> {
        let part = self.chats.rows.part(|row| row.chat.admin == admin, wanted);
        Ok(part.map(|(position, row)| (position, row.chat)).collect())
    }

    fn reassign_chat(&mut self, id: ChatId, admin: UserId, at: Instant) -> Result<(), StoreError> {
        require(self.users.contains(admin), "administrator")?;
        let chats = Arc::make_mut(&mut self.chats);
        if let Some(row) = chats.rows.get_mut(id) {
            row.chat.admin = admin;
            chats.given_a_chat_at.insert(admin, at);
        }
        Ok(())
    }

    fn delete_chat(&mut self, id: ChatId) -> Result<bool, StoreError> {
        let chats = Arc::make_mut(&mut self.chats);
        chats.messages.retain(|(chat, _), _| *chat != id);
        Ok(chats.rows.remove(id))
    }

    fn delete_member(&mut self, user: UserId) -> Result<(), StoreError> {
        let Chats { rows, messages, given_a_chat_at } = Arc::make_mut(&mut self.chats);
        rows.retain(|row| !row.chat.has_member(user));
        messages.retain(|(chat, _), message| message.sender != user && rows.contains(*chat));
        given_a_chat_at.remove(&user);
        Ok(())
    }

    fn is_agent(&mut self, user: UserId) -> Result<bool, StoreError> {
        Ok(self.users.get(user).is_some_and(may_answer))
    }

    fn find_free_agent(&mut self, except: &[UserId]) -> Result<Option<UserId>, StoreError> {
        let agents = self.users.rows().filter(|user| may_answer(user) && !except.contains(&user.id));
        Ok(agents.map(|user| user.id).min_by_key(|agent| {
            let chats = self.chats.rows.rows().filter(|row| row.chat.admin == *agent).count();
            // `None`, never given a chat, comes first.
            (chats, self.chats.given_a_chat_at.get(agent), *agent)
        }))
    }

    fn insert_message(&mut self, message: &NewMessage) -> Result<Option<Message>, StoreError> {
        let named_alike = |(_, other): (i64, &NewMessage)| {
            other.draft.client_msg_id.is_some()
                && other.sender == message.sender
                && other.draft.client_msg_id == message.draft.client_msg_id
        };
        require_absent(self.chats.messages_of(message.chat).any(named_alike), "message")?;
        let Some(row) = self.chats.rows.get(message.chat) else { return Ok(None) };
        let seq = row.last_seq + 1;
        let shown = self.shown((seq, message))?;
        let chats = Arc::make_mut(&mut self.chats);
        if let Some(row) = chats.rows.get_mut(message.chat) {
            row.last_seq = seq;
        }
        chats.messages.insert((message.chat, seq), message.clone());
        Ok(Some(shown))
    }

    fn find_message_of_client(
        &mut self,
        chat: ChatId,
        sender: UserId,
        client_msg_id: &ClientMessageId,
    ) -> Result<Option<Message>, StoreError> {
        let found = self.chats.messages_of(chat).find(|(_, message)| {
            message.sender == sender && message.draft.client_msg_id.as_ref() == Some(client_msg_id)
        });
        found.map(|message| self.shown(message)).transpose()
    }

    fn list_messages_after(&mut self, chat: ChatId, after: i64, limit: u32) -> Result<Vec<Message>, StoreError> {
        let later = self.chats.messages_of(chat).filter(|(seq, _)| *seq > after);
        later.take(length(limit)).map(|message| self.shown(message)).collect()
    }

    fn list_last_messages(&mut self, chat: ChatId, limit: u32) -> Result<Vec<Message>, StoreError> {
        let mut newest_first: Vec<_> = self.chats.messages_of(chat).rev().take(length(limit)).collect();
        newest_first.reverse();
        newest_first.into_iter().map(|message| self.shown(message)).collect()
    }
}
