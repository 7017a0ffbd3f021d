//! Listing an administrator's chats.

use crate::Desk;
use chat::{ChatError, list_chats};

#[test]
fn an_agents_chats_are_listed_in_the_order_of_opening() {
    let desk = Desk::new();
    let sue = desk.agent("sue");
    let chats = ["cid", "ann", "bob"].map(|name| desk.open(desk.customer(name)));
    assert_eq!(desk.read(|tx| list_chats(tx, sue, u32::MAX)).unwrap(), chats);
    assert_eq!(desk.read(|tx| list_chats(tx, sue, 2)).unwrap(), chats[..2]);
}

#[test]
fn no_chats_at_all_are_told_as_such() {
    let desk = Desk::new();
    desk.agent("sue");
    let ann = desk.customer("ann");
    desk.open(ann);
    for without in [ann, desk.agent("tom")] {
        assert!(matches!(desk.read(|tx| list_chats(tx, without, u32::MAX)), Err(ChatError::NoChats)));
    }
}
