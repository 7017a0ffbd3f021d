//! The events that the bus carries.

use chat::{ChatId, Message};
use kernel::{SessionId, UserId};

/// What a subscriber subscribes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// One chat.
    Chat(ChatId),
    /// The sessions of one user.
    User(UserId),
}

/// Something that open sockets have to act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A message was stored.
    Posted(Message),
    /// A chat was closed and deleted.
    ChatClosed(ChatId),
    /// A chat has another administrator; `from` has left it.
    ChatHandedOver {
        /// The chat.
        chat: ChatId,
        /// The administrator that left.
        from: UserId,
    },
    /// One session of a user was logged out.
    SessionEnded {
        /// The user.
        user: UserId,
        /// The session.
        session: SessionId,
    },
    /// The sessions of a user ended: blocked, deleted, another role, a new password.
    SessionsEnded {
        /// The user.
        user: UserId,
        /// The one session that stays valid, because the password was changed in it.
        except: Option<SessionId>,
    },
}

impl Event {
    /// The topic whose subscribers receive the event.
    pub fn topic(&self) -> Topic {
        match self {
            Self::Posted(message) => Topic::Chat(message.chat),
            Self::ChatClosed(chat) | Self::ChatHandedOver { chat, .. } => Topic::Chat(*chat),
            Self::SessionEnded { user, .. } | Self::SessionsEnded { user, .. } => Topic::User(*user),
        }
    }
}
