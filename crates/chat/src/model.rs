//! Support chats and their messages.

use crate::ChatError;
use kernel::{FieldFault, Form, Instant, Raw, Text, UserId, uuid_id};

uuid_id! {
    /// A chat's identifier.
    ChatId
}

uuid_id! {
    /// A message's identifier.
    MessageId
}

/// An open chat between a customer and an administrator. A customer has one at most; a closed chat is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chat {
    /// Its identifier.
    pub id: ChatId,
    /// Who asks.
    pub customer: UserId,
    /// Who answers; never the customer.
    pub admin: UserId,
    /// When it was opened.
    pub created_at: Instant,
}

impl Chat {
    /// Whether the user is the chat's customer or administrator.
    pub fn has_member(&self, user: UserId) -> bool {
        self.customer == user || self.admin == user
    }
}

/// The sender's own name for a message, 1 to 64 characters: sending it again does not post twice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClientMessageId(pub String);

/// A message that a client wants to post.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// 1 to 255 characters.
    pub text: Text<255>,
    /// See [`ClientMessageId`].
    pub client_msg_id: Option<ClientMessageId>,
}

impl std::fmt::Debug for Draft {
    /// What people say to each other is nobody's to print.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("client_msg_id", &self.client_msg_id).finish_non_exhaustive()
    }
}

impl Draft {
    /// The most characters of a message.
    pub const TEXT_MAX: usize = 255;
    /// The most characters of a client's message identifier.
    pub const CLIENT_MSG_ID_MAX: usize = 64;

    /// Reads a frame with `message` and, optionally, `client_msg_id`.
    ///
    /// # Errors
    /// What is wrong with the first faulty field.
    pub fn read(frame: &Form) -> Result<Self, ChatError> {
        let text = match frame.get("message") {
            Some(raw @ Raw::Text(_)) => Text::parse(raw).map_err(|problem| match problem {
                FieldFault::TooLong { max } => ChatError::MessageTooLong { max },
                FieldFault::HasNul => ChatError::MessageHasNul,
                _ => ChatError::MessageEmpty,
            })?,
            _ => return Err(ChatError::MessageNotText),
        };
        let client_msg_id = match frame.get("client_msg_id") {
            None | Some(Raw::Null) => None,
            Some(raw @ Raw::Text(_)) => match Text::<{ Self::CLIENT_MSG_ID_MAX }>::parse(raw) {
                Ok(id) => Some(ClientMessageId(id.as_str().to_owned())),
                Err(_) => return Err(ChatError::BadClientMessageId),
            },
            Some(_) => return Err(ChatError::BadClientMessageId),
        };
        Ok(Self { text, client_msg_id })
    }
}

/// A message before the store has given it its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// Its identifier.
    pub id: MessageId,
    /// The chat that it belongs to.
    pub chat: ChatId,
    /// Who wrote it.
    pub sender: UserId,
    /// When it was stored.
    pub at: Instant,
    /// What it says, and the sender's name for it.
    pub draft: Draft,
}

/// A message as members see it, with how its sender is called today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its place in the chat: 1, 2, 3 and so on, given in the order of storing.
    pub seq: i64,
    /// Its identifier.
    pub id: MessageId,
    /// The chat that it belongs to.
    pub chat: ChatId,
    /// Who wrote it.
    pub sender: UserId,
    /// When it was stored.
    pub at: Instant,
    /// What it says.
    pub text: Text<255>,
    /// The sender's name for it.
    pub client_msg_id: Option<ClientMessageId>,
    /// The sender's e-mail.
    pub sender_email: String,
    /// The sender's first name, may be empty.
    pub sender_first_name: String,
}

impl NewMessage {
    /// The message as members see it once it is stored.
    pub fn stored(self, seq: i64, sender_email: String, sender_first_name: String) -> Message {
        let Self { id, chat, sender, at, draft: Draft { text, client_msg_id } } = self;
        Message { seq, id, chat, sender, at, text, client_msg_id, sender_email, sender_first_name }
    }
}

impl Message {
    /// What a live frame calls the sender: the first name, or else the e-mail.
    pub fn sender_name(&self) -> &str {
        if self.sender_first_name.is_empty() { &self.sender_email } else { &self.sender_first_name }
    }
}
