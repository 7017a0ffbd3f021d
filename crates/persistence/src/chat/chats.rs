//! The support chats, their messages, and who may answer.

use crate::chat::rows::{ChatRow, MessageRow, NamedMessageRow, into_message};
use crate::chat::schema::{chat_messages, chats, support_agents};
use crate::connection::SqlConnection;
use crate::row_types::{DbInstant, DbUuid};
use crate::tx::SqlTx;
use crate::users::schema::users;
use ::chat::{Chat, ChatId, ChatRepository, ClientMessageId, Message, NewMessage};
use ::users::UserState;
use diesel::dsl::exists;
use diesel::prelude::*;
use kernel::{Instant, PageRequest, Position, StoreError, UserId};

/// Notes when an agent was given a chat. No upsert is common to both engines, and nobody else does it in between.
fn note_assignment(connection: &mut SqlConnection, admin: UserId, at: Instant) -> QueryResult<()> {
    let at = support_agents::last_assigned_at.eq(DbInstant(at));
    let known = diesel::update(support_agents::table.find(admin.0)).set(at).execute(connection)?;
    if known == 0 {
        diesel::insert_into(support_agents::table)
            .values((support_agents::user_id.eq(admin.0), at))
            .execute(connection)?;
    }
    Ok(())
}

impl ChatRepository for SqlTx<'_> {
    fn insert_chat(&mut self, chat: &Chat) -> Result<(), StoreError> {
        self.run(|connection| {
            diesel::insert_into(chats::table)
                .values((
                    chats::id.eq(DbUuid(chat.id.0)),
                    chats::customer.eq(chat.customer.0),
                    chats::admin.eq(chat.admin.0),
                    chats::created_at.eq(DbInstant(chat.created_at)),
                ))
                .execute(connection)?;
            note_assignment(connection, chat.admin, chat.created_at)
        })
    }

    fn find_chat(&mut self, id: ChatId) -> Result<Option<Chat>, StoreError> {
        let row = self.run(|connection| {
            chats::table
                .find(DbUuid(id.0))
                .filter(chats::is_active)
                .select(ChatRow::as_select())
                .get_result(connection)
                .optional()
        })?;
        Ok(row.map(ChatRow::into_chat))
    }

    fn find_chat_of_customer(&mut self, customer: UserId) -> Result<Option<Chat>, StoreError> {
        let row = self.run(|connection| {
            chats::table
                .filter(chats::customer.eq(customer.0))
                .filter(chats::is_active)
                .select(ChatRow::as_select())
                .get_result(connection)
                .optional()
        })?;
        Ok(row.map(ChatRow::into_chat))
    }

    fn list_chats_of_admin(&mut self, admin: UserId, limit: u32) -> Result<Vec<Chat>, StoreError> {
        let rows = self.run(|connection| {
            chats::table
                .filter(chats::admin.eq(admin.0))
                .filter(chats::is_active)
                .order(chats::seq)
                .limit(limit.into())
                .select(ChatRow::as_select())
                .load(connection)
        })?;
        Ok(rows.into_iter().map(ChatRow::into_chat).collect())
    }

    fn list_chats_of_admin_after(
        &mut self,
        admin: UserId,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Chat)>, StoreError> {
        let rows: Vec<(i64, ChatRow)> = self.run(|connection| {
            chats::table
                .filter(chats::admin.eq(admin.0))
                .filter(chats::seq.gt(wanted.after.0))
                .filter(chats::is_active)
                .order(chats::seq)
                .limit(wanted.limit.into())
                .select((chats::seq, ChatRow::as_select()))
                .load(connection)
        })?;
        Ok(rows.into_iter().map(|(seq, row)| (Position(seq), row.into_chat())).collect())
    }

    fn reassign_chat(&mut self, id: ChatId, admin: UserId, at: Instant) -> Result<(), StoreError> {
        self.run(|connection| {
            diesel::update(chats::table.find(DbUuid(id.0))).set(chats::admin.eq(admin.0)).execute(connection)?;
            note_assignment(connection, admin, at)
        })
    }

    fn delete_chat(&mut self, id: ChatId) -> Result<bool, StoreError> {
        let rows = self.run(|connection| diesel::delete(chats::table.find(DbUuid(id.0))).execute(connection))?;
        Ok(rows > 0)
    }

    fn delete_member(&mut self, user: UserId) -> Result<(), StoreError> {
        self.run(|connection| {
            diesel::delete(chat_messages::table.filter(chat_messages::sender.eq(user.0))).execute(connection)?;
            // Their other messages go with them.
            let own = chats::customer.eq(user.0).or(chats::admin.eq(user.0));
            diesel::delete(chats::table.filter(own)).execute(connection)?;
            diesel::delete(support_agents::table.find(user.0)).execute(connection)
        })
        .map(drop)
    }

    fn is_agent(&mut self, user: UserId) -> Result<bool, StoreError> {
        self.run(|connection| {
            let agent = users::table
                .find(user.0)
                .filter(users::state.eq(UserState::Active.as_str()))
                .filter(users::is_staff.or(users::is_superuser));
            diesel::select(exists(agent)).get_result(connection)
        })
    }

    fn find_free_agent(&mut self, except: &[UserId]) -> Result<Option<UserId>, StoreError> {
        let except = except.iter().map(|user| user.0).collect::<Vec<_>>();
        let agent = self.run(|connection| {
            let open = chats::table.filter(chats::admin.eq(users::id)).filter(chats::is_active).count();
            users::table
                .left_join(support_agents::table.on(support_agents::user_id.eq(users::id)))
                .filter(users::state.eq(UserState::Active.as_str()))
                .filter(users::is_staff.or(users::is_superuser))
                .filter(users::id.ne_all(&except))
                .order((
                    open.single_value(),
                    // The engines do not agree on where NULL stands, so it is asked for.
                    support_agents::last_assigned_at.nullable().is_not_null(),
                    support_agents::last_assigned_at.nullable(),
                    users::id,
                ))
                .select(users::id)
                .first::<i64>(connection)
                .optional()
        })?;
        Ok(agent.map(UserId))
    }

    fn insert_message(&mut self, message: &NewMessage) -> Result<Option<Message>, StoreError> {
        let chat = DbUuid(message.chat.0);
        let row = self.run(|connection| {
            // Whoever else writes to this chat waits here, or loses a race, until we have committed.
            let seq = diesel::update(chats::table.find(chat).filter(chats::is_active))
                .set(chats::last_seq.eq(chats::last_seq + 1))
                .returning(chats::last_seq)
                .get_result::<i64>(connection)
                .optional()?;
            let Some(seq) = seq else { return Ok(None) };
            diesel::insert_into(chat_messages::table)
                .values((
                    chat_messages::chat.eq(chat),
                    chat_messages::seq.eq(seq),
                    chat_messages::id.eq(DbUuid(message.id.0)),
                    chat_messages::sender.eq(message.sender.0),
                    chat_messages::sent_at.eq(DbInstant(message.at)),
                    chat_messages::body.eq(message.draft.text.as_str()),
                    chat_messages::client_msg_id.eq(message.draft.client_msg_id.as_ref().map(|id| id.0.as_str())),
                ))
                .execute(connection)?;
            let (email, first_name) = users::table
                .find(message.sender.0)
                .select((users::email, users::first_name))
                .get_result::<(String, String)>(connection)?;
            Ok(Some((seq, email, first_name)))
        })?;
        Ok(row.map(|(seq, email, first_name)| message.clone().stored(seq, email, first_name)))
    }

    fn find_message_of_client(
        &mut self,
        chat: ChatId,
        sender: UserId,
        client_msg_id: &ClientMessageId,
    ) -> Result<Option<Message>, StoreError> {
        let row = self.run(|connection| {
            chat_messages::table
                .inner_join(users::table.on(users::id.eq(chat_messages::sender)))
                .filter(chat_messages::chat.eq(DbUuid(chat.0)))
                .filter(chat_messages::sender.eq(sender.0))
                .filter(chat_messages::client_msg_id.eq(&client_msg_id.0))
                .select((MessageRow::as_select(), users::email, users::first_name))
                .get_result::<NamedMessageRow>(connection)
                .optional()
        })?;
        Ok(row.map(into_message))
    }

    fn list_messages_after(&mut self, chat: ChatId, after: i64, limit: u32) -> Result<Vec<Message>, StoreError> {
        let rows = self.run(|connection| {
            chat_messages::table
                .inner_join(users::table.on(users::id.eq(chat_messages::sender)))
                .filter(chat_messages::chat.eq(DbUuid(chat.0)))
                .filter(chat_messages::seq.gt(after))
                .order(chat_messages::seq)
                .limit(limit.into())
                .select((MessageRow::as_select(), users::email, users::first_name))
                .load::<NamedMessageRow>(connection)
        })?;
        Ok(rows.into_iter().map(into_message).collect())
    }

    fn list_last_messages(&mut self, chat: ChatId, limit: u32) -> Result<Vec<Message>, StoreError> {
        let rows = self.run(|connection| {
            chat_messages::table
                .inner_join(users::table.on(users::id.eq(chat_messages::sender)))
                .filter(chat_messages::chat.eq(DbUuid(chat.0)))
                .order(chat_messages::seq.desc())
                .limit(limit.into())
                .select((MessageRow::as_select(), users::email, users::first_name))
                .load::<NamedMessageRow>(connection)
        })?;
        Ok(rows.into_iter().rev().map(into_message).collect())
    }
}
