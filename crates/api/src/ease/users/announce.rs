//! What open sockets hear of, once a change of an account is committed.

use bus::Event;
use chat::{ChatId, HandedOver};
use kernel::UserId;

/// The sessions of a user are over.
pub(crate) fn sessions_ended(user: UserId) -> Event {
    Event::SessionsEnded { user, except: None }
}

/// Chats have another administrator.
pub(crate) fn chats_handed_over(handed_over: &[HandedOver]) -> impl Iterator<Item = Event> {
    handed_over.iter().map(|HandedOver { chat, from, .. }| Event::ChatHandedOver { chat: *chat, from: *from })
}

/// Chats are gone.
pub(crate) fn chats_closed(closed: &[ChatId]) -> impl Iterator<Item = Event> {
    closed.iter().map(|chat| Event::ChatClosed(*chat))
}
