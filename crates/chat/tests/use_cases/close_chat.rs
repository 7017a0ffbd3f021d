//! Closing a chat.

use crate::{Desk, draft};
use chat::{ChatError, close_chat, get_chat, post_message};
use kernel::Clock;

#[test]
fn a_closed_chat_is_gone_and_the_next_request_opens_another() {
    let desk = Desk::new();
    let (ann, _) = (desk.customer("ann"), desk.agent("sue"));
    let chat = desk.open(ann);
    desk.write(|tx| close_chat(tx, chat.id)).unwrap();
    assert!(matches!(desk.read(|tx| get_chat(tx, chat.id)), Err(ChatError::ChatNotFound)));
    let message = draft("hello?");
    let posted = desk.write(|tx| post_message(tx, &desk.ids, desk.clock.now(), chat.id, ann, message.clone()));
    assert!(matches!(posted, Err(ChatError::ChatNotFound)));
    assert_ne!(desk.open(ann).id, chat.id);
}

#[test]
fn a_chat_is_closed_once() {
    let desk = Desk::new();
    desk.agent("sue");
    let chat = desk.open(desk.customer("ann"));
    desk.write(|tx| close_chat(tx, chat.id)).unwrap();
    assert!(matches!(desk.write(|tx| close_chat(tx, chat.id)), Err(ChatError::ChatNotFound)));
}
