//! The support chats and their messages in memory.

use super::{List, State, length, part, require, require_absent};
use chat::{Chat, ChatId, ChatRepository, ClientMessageId, Message, NewMessage};
use kernel::{Instant, PageRequest, Position, StoreError, UserId};
use users::{Role, User, UserState};

/// A chat, and the highest `seq` that it ever gave.
#[derive(Debug, Clone)]
pub(super) struct ChatRow {
    chat: Chat,
    last_seq: i64,
}

/// A message in its place.
#[derive(Debug, Clone)]
pub(super) struct MessageRow {
    seq: i64,
    pub(super) content: NewMessage,
}

fn may_answer(user: &User) -> bool {
    user.role() >= Role::Staff && user.profile.state == UserState::Active
}

impl State {
    /// Removes chats with their messages, and says how many.
    pub(super) fn remove_chats(&mut self, is_doomed: impl Fn(&Chat) -> bool) -> usize {
        let (doomed, kept): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.chats).into_iter().partition(|row| is_doomed(&row.chat));
        self.chats = kept;
        self.messages.retain(|message| !doomed.iter().any(|row| row.chat.id == message.content.chat));
        doomed.len()
    }

    /// The message with how its sender is called today.
    fn shown(&self, row: &MessageRow) -> Result<Message, StoreError> {
        let sender = self.users.get(&row.content.sender);
        let sender = sender.ok_or_else(|| StoreError::lost_race("the sender is not there"))?;
        Ok(Message {
            seq: row.seq,
            content: row.content.clone(),
            sender_email: sender.profile.email.as_str().to_owned(),
            sender_first_name: sender.profile.first_name.clone(),
        })
    }

    /// The chats of an administrator: in the order of opening, because that is the order of their insertion.
    fn chats_of(&self, admin: UserId) -> impl Iterator<Item = &Chat> {
        self.chats.iter().map(|row| &row.chat).filter(move |chat| chat.admin == admin)
    }

    /// The messages of a chat: by `seq`, because that is the order of their insertion.
    fn messages_of(&self, chat: ChatId) -> impl DoubleEndedIterator<Item = &MessageRow> {
        self.messages.iter().filter(move |row| row.content.chat == chat)
    }
}

impl ChatRepository for State {
    fn insert_chat(&mut self, chat: &Chat) -> Result<(), StoreError> {
        require(self.users.contains_key(&chat.customer), "customer")?;
        require(self.users.contains_key(&chat.admin), "administrator")?;
        let rival = self.chats.iter().any(|row| row.chat.customer == chat.customer || row.chat.id == chat.id);
        require_absent(rival, "chat")?;
        self.give_place(List::Chats, chat.id.0);
        self.chats.push(ChatRow { chat: *chat, last_seq: 0 });
        self.given_a_chat_at.insert(chat.admin, chat.created_at);
        Ok(())
    }

    fn find_chat(&mut self, id: ChatId) -> Result<Option<Chat>, StoreError> {
        Ok(self.chats.iter().find(|row| row.chat.id == id).map(|row| row.chat))
    }

    fn find_chat_of_customer(&mut self, customer: UserId) -> Result<Option<Chat>, StoreError> {
        Ok(self.chats.iter().find(|row| row.chat.customer == customer).map(|row| row.chat))
    }

    fn list_chats_of_admin(&mut self, admin: UserId, limit: u32) -> Result<Vec<Chat>, StoreError> {
        Ok(self.chats_of(admin).take(length(limit)).copied().collect())
    }

    fn list_chats_of_admin_after(
        &mut self,
        admin: UserId,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Chat)>, StoreError> {
        Ok(part(self.chats_of(admin), |chat| self.position_of(List::Chats, chat.id.0), wanted))
    }

    fn reassign_chat(&mut self, id: ChatId, admin: UserId, at: Instant) -> Result<(), StoreError> {
        require(self.users.contains_key(&admin), "administrator")?;
        if let Some(row) = self.chats.iter_mut().find(|row| row.chat.id == id) {
            row.chat.admin = admin;
            self.given_a_chat_at.insert(admin, at);
        }
        Ok(())
    }

    fn delete_chat(&mut self, id: ChatId) -> Result<bool, StoreError> {
        Ok(self.remove_chats(|chat| chat.id == id) > 0)
    }

    fn is_agent(&mut self, user: UserId) -> Result<bool, StoreError> {
        Ok(self.users.get(&user).is_some_and(may_answer))
    }

    fn find_free_agent(&mut self, except: &[UserId]) -> Result<Option<UserId>, StoreError> {
        let agents = self.users.values().filter(|user| may_answer(user) && !except.contains(&user.id));
        Ok(agents.map(|user| user.id).min_by_key(|agent| {
            let chats = self.chats.iter().filter(|row| row.chat.admin == *agent).count();
            // `None`, never given a chat, comes first.
            (chats, self.given_a_chat_at.get(agent), *agent)
        }))
    }

    fn insert_message(&mut self, message: &NewMessage) -> Result<Option<Message>, StoreError> {
        let named_alike = |row: &MessageRow| {
            row.content.draft.client_msg_id.is_some()
                && row.content.sender == message.sender
                && row.content.draft.client_msg_id == message.draft.client_msg_id
        };
        require_absent(self.messages_of(message.chat).any(named_alike), "message")?;
        let Some(row) = self.chats.iter_mut().find(|row| row.chat.id == message.chat) else { return Ok(None) };
        row.last_seq += 1;
        let stored = MessageRow { seq: row.last_seq, content: message.clone() };
        let shown = self.shown(&stored)?;
        self.messages.push(stored);
        Ok(Some(shown))
    }

    fn find_message_of_client(
        &mut self,
        chat: ChatId,
        sender: UserId,
        client_msg_id: &ClientMessageId,
    ) -> Result<Option<Message>, StoreError> {
        let found = self.messages_of(chat).find(|row| {
            row.content.sender == sender && row.content.draft.client_msg_id.as_ref() == Some(client_msg_id)
        });
        found.map(|row| self.shown(row)).transpose()
    }

    fn list_messages_after(&mut self, chat: ChatId, after: i64, limit: u32) -> Result<Vec<Message>, StoreError> {
        self.messages_of(chat).filter(|row| row.seq > after).take(length(limit)).map(|row| self.shown(row)).collect()
    }

    fn list_last_messages(&mut self, chat: ChatId, limit: u32) -> Result<Vec<Message>, StoreError> {
        let mut newest_first: Vec<_> = self.messages_of(chat).rev().take(length(limit)).collect();
        newest_first.reverse();
        newest_first.into_iter().map(|row| self.shown(row)).collect()
    }
}
