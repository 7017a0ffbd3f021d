//! What this crate asks of a store. Every method works inside one open transaction.

use crate::{Chat, ChatId, ClientMessageId, Message, NewMessage};
use kernel::{Instant, PageRequest, Position, StoreError, UserId};

/// The support chats, their messages, and who may answer.
pub trait ChatRepository {
    /// Opens a chat behind all others, and notes that its administrator was given one at `created_at`. A customer that has
    /// an open chat already, and a member that is not there (any more), MUST be a lost race, so that the work is done again.
    fn insert_chat(&mut self, chat: &Chat) -> Result<(), StoreError>;

    /// Finds a chat.
    fn find_chat(&mut self, id: ChatId) -> Result<Option<Chat>, StoreError>;

    /// Finds the chat of a customer.
    fn find_chat_of_customer(&mut self, customer: UserId) -> Result<Option<Chat>, StoreError>;

    /// The first `limit` chats of an administrator, in the order of opening.
    fn list_chats_of_admin(&mut self, admin: UserId, limit: u32) -> Result<Vec<Chat>, StoreError>;

    /// A part of an administrator's chats, in the same order.
    fn list_chats_of_admin_after(
        &mut self,
        admin: UserId,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Chat)>, StoreError>;

    /// Gives a chat to another administrator, and notes that this one was given a chat at `at`. The chat keeps its position in
    /// the order of opening.
    fn reassign_chat(&mut self, id: ChatId, admin: UserId, at: Instant) -> Result<(), StoreError>;

    /// Removes a chat with its messages; `false` when it was not there.
    fn delete_chat(&mut self, id: ChatId) -> Result<bool, StoreError>;

    /// Removes what a user has here: its chats as customer and as administrator with their messages, its messages in
    /// other chats, and when it was last given a chat.
    fn delete_member(&mut self, user: UserId) -> Result<(), StoreError>;

    /// Whether the user may answer chats: staff or superuser, in the state `Active`.
    fn is_agent(&mut self, user: UserId) -> Result<bool, StoreError>;

    /// The agent, none of `except`, with the fewest chats; among equals the one that was given a chat the longest time
    /// ago, never being the longest; then the lowest number.
    fn find_free_agent(&mut self, except: &[UserId]) -> Result<Option<UserId>, StoreError>;

    /// Stores a message under the next `seq` of its chat; `None` when the chat is not there. Two messages of one chat
    /// MUST NOT get the same `seq`, not even when the first is gone with its sender, and a failed transaction MUST NOT
    /// use one up. A sender's second message of one `client_msg_id` in the chat MUST be a lost race, so that the work is
    /// done again and finds the first.
    fn insert_message(&mut self, message: &NewMessage) -> Result<Option<Message>, StoreError>;

    /// Finds the message that the sender posted under its own name for it.
    fn find_message_of_client(
        &mut self,
        chat: ChatId,
        sender: UserId,
        client_msg_id: &ClientMessageId,
    ) -> Result<Option<Message>, StoreError>;

    /// The first `limit` messages with a `seq` above `after`, by `seq`.
    fn list_messages_after(&mut self, chat: ChatId, after: i64, limit: u32) -> Result<Vec<Message>, StoreError>;

    /// The last `limit` messages, by `seq`.
    fn list_last_messages(&mut self, chat: ChatId, limit: u32) -> Result<Vec<Message>, StoreError>;
}
