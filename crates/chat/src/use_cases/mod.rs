//! What can be done with chats, one use case per file.

mod close_chat;
mod enter_chat;
mod get_chat;
mod hand_over_chats;
mod list_chats;
mod open_chat;
mod page_chats;
mod post_message;
mod remove_member;

pub use close_chat::close_chat;
pub use enter_chat::enter_chat;
pub use get_chat::get_chat;
pub use hand_over_chats::{HandedOver, hand_over_chats};
pub use list_chats::list_chats;
pub use open_chat::{OpenedChat, open_chat};
pub use page_chats::page_chats;
pub use post_message::{Posted, post_message};
pub use remove_member::{RemovedMember, remove_member};
