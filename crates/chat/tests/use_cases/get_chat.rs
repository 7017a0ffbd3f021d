//! Reading one chat.

use crate::Desk;
use chat::{ChatError, ChatId, get_chat};
use kernel::Uuid;

#[test]
fn a_chat_is_found_by_its_identifier() {
    let desk = Desk::new();
    desk.agent("sue");
    let chat = desk.open(desk.customer("ann"));
    desk.open(desk.customer("bob"));
    assert_eq!(desk.read(|tx| get_chat(tx, chat.id)).unwrap(), chat);
}

#[test]
fn a_chat_that_is_not_there_is_not_found() {
    let refused = Desk::new().read(|tx| get_chat(tx, ChatId(Uuid::from_u128(9))));
    assert!(matches!(refused, Err(ChatError::ChatNotFound)));
}
