//! Letting members in.

use crate::Desk;
use chat::{ChatError, ChatId, enter_chat};
use kernel::Uuid;

#[test]
fn both_members_may_enter() {
    let desk = Desk::new();
    desk.agent("sue");
    let chat = desk.open(desk.customer("ann"));
    for member in [chat.customer, chat.admin] {
        assert_eq!(desk.read(|tx| enter_chat(tx, chat.id, member)).unwrap(), chat);
    }
}

#[test]
fn nobody_else_may_enter_not_even_another_agent() {
    let desk = Desk::new();
    desk.agent("sue");
    let chat = desk.open(desk.customer("ann"));
    for stranger in [desk.customer("bob"), desk.agent("tom")] {
        assert!(matches!(desk.read(|tx| enter_chat(tx, chat.id, stranger)), Err(ChatError::NotAMember)));
    }
}

#[test]
fn a_chat_that_is_not_there_is_not_found() {
    let desk = Desk::new();
    let ann = desk.customer("ann");
    let refused = desk.read(|tx| enter_chat(tx, ChatId(Uuid::from_u128(9)), ann));
    assert!(matches!(refused, Err(ChatError::ChatNotFound)));
}
