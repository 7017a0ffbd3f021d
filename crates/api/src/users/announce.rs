//! What open sockets hear of, once a change of an account is committed.

use bus::{Bus, Event};
use chat::{ChatId, HandedOver};
use kernel::UserId;

/// The sessions of a user are over.
pub(crate) fn sessions_ended(bus: &dyn Bus, user: UserId) {
    bus.publish(Event::SessionsEnded { user, except: None });
}

/// Chats have another administrator.
pub(crate) fn chats_handed_over(bus: &dyn Bus, handed_over: &[HandedOver]) {
    for HandedOver { chat, from, .. } in handed_over {
        bus.publish(Event::ChatHandedOver { chat: *chat, from: *from });
    }
}

/// Chats are gone.
pub(crate) fn chats_closed(bus: &dyn Bus, closed: &[ChatId]) {
    for chat in closed {
        bus.publish(Event::ChatClosed(*chat));
    }
}
