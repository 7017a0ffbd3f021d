//! Listing an administrator's chats in parts.

use crate::Desk;
use chat::{Chat, ChatError, close_chat, page_chats};
use kernel::{Page, PageRequest, Position, UserId};

fn page(desk: &Desk, admin: UserId, after: Position) -> Result<Page<Chat>, ChatError> {
    desk.read(|tx| page_chats(tx, admin, PageRequest { after, limit: 2 }))
}

#[test]
fn the_parts_are_the_list() {
    let desk = Desk::new();
    let sue = desk.agent("sue");
    let chats = ["cid", "ann", "bob"].map(|name| desk.open(desk.customer(name)));
    let first = page(&desk, sue, Position::START).unwrap();
    assert_eq!(first.rows, chats[..2]);
    assert_eq!(page(&desk, sue, first.next.unwrap()).unwrap(), Page::whole(vec![chats[2]]));
}

#[test]
fn no_chats_at_all_are_told_as_such_and_none_that_are_left_are_an_empty_part() {
    let desk = Desk::new();
    let sue = desk.agent("sue");
    assert!(matches!(page(&desk, sue, Position::START), Err(ChatError::NoChats)));
    let chats = ["cid", "ann", "bob"].map(|name| desk.open(desk.customer(name)));
    let next = page(&desk, sue, Position::START).unwrap().next.unwrap();
    for chat in chats {
        desk.write(|tx| close_chat(tx, chat.id)).unwrap();
    }
    assert_eq!(page(&desk, sue, next).unwrap(), Page::whole(Vec::new()));
    assert!(matches!(page(&desk, sue, Position::START), Err(ChatError::NoChats)));
}
