//! The clauses of support chats, but for their agents and messages.

use crate::Store;
use crate::contract::chat::sample::{add_chat, add_message, chat};
use crate::contract::sample::{at, lose_race, read, write};
use crate::contract::users::sample::{add_person, add_staff};
use chat::{Chat, ChatId};
use kernel::{PageRequest, Position, UserId, Uuid};

fn find(store: &dyn Store, id: ChatId) -> Option<Chat> {
    read(store, |tx| tx.find_chat(id))
}

fn list(store: &dyn Store, admin: UserId) -> Vec<ChatId> {
    read(store, |tx| tx.list_chats_of_admin(admin, u32::MAX)).into_iter().map(|chat| chat.id).collect()
}

fn positions(store: &dyn Store, admin: UserId) -> Vec<(Position, ChatId)> {
    let everything = PageRequest { after: Position::START, limit: u32::MAX };
    let rows = read(store, |tx| tx.list_chats_of_admin_after(admin, everything));
    rows.into_iter().map(|(position, chat)| (position, chat.id)).collect()
}

/// A chat is found as it was stored, by its identifier and by its customer.
pub fn round_trips(store: &dyn Store) {
    let [ann, bob] = ["ann", "bob"].map(|name| add_person(store, name));
    let sue = add_staff(store, "sue");
    let chat = chat(1, ann, sue);
    write(store, |tx| Ok(tx.insert_chat(&chat)?));
    assert_eq!(find(store, chat.id), Some(chat));
    assert_eq!(read(store, |tx| tx.find_chat_of_customer(ann)), Some(chat));
    assert_eq!(find(store, ChatId(Uuid::from_u128(2))), None);
    for nobodys in [bob, sue] {
        assert_eq!(read(store, |tx| tx.find_chat_of_customer(nobodys)), None);
    }
}

/// A second chat of a customer is a lost race, whoever would answer it.
pub fn a_second_chat_of_a_customer_is_a_lost_race(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let [sue, tom] = ["sue", "tom"].map(|name| add_staff(store, name));
    let first = add_chat(store, 1, ann, sue, 0);
    lose_race(store, |tx| tx.insert_chat(&chat(2, ann, tom)));
    assert_eq!(find(store, chat(2, ann, tom).id), None);
    assert!(write(store, |tx| Ok(tx.delete_chat(first)?)));
    add_chat(store, 2, ann, tom, 0);
}

/// A member that is not there is a lost race.
pub fn a_missing_member_is_a_lost_race(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let sue = add_staff(store, "sue");
    let nobody = UserId(sue.0 + 1);
    lose_race(store, |tx| tx.insert_chat(&chat(1, nobody, sue)));
    lose_race(store, |tx| tx.insert_chat(&chat(1, ann, nobody)));
    assert_eq!(list(store, sue), []);
}

/// An administrator's chats are listed in the order of opening, whatever the clock and the identifiers said.
pub fn an_administrators_chats_are_listed_in_the_order_of_opening(store: &dyn Store) {
    let customers = ["ann", "bob", "cid", "dan"].map(|name| add_person(store, name));
    let [sue, tom] = ["sue", "tom"].map(|name| add_staff(store, name));
    let first = add_chat(store, 3, customers[0], sue, 2);
    let second = add_chat(store, 4, customers[1], sue, 1);
    let of_tom = add_chat(store, 2, customers[2], tom, 0);
    let third = add_chat(store, 1, customers[3], sue, 1);
    assert_eq!(list(store, sue), [first, second, third]);
    assert_eq!(list(store, tom), [of_tom]);
    assert_eq!(list(store, customers[0]), []);
}

/// A chat that changes hands keeps its customer, its age and its messages.
pub fn a_chat_changes_hands(store: &dyn Store) {
    let [ann, bob] = ["ann", "bob"].map(|name| add_person(store, name));
    let [sue, tom] = ["sue", "tom"].map(|name| add_staff(store, name));
    let moved = add_chat(store, 1, ann, sue, 0);
    let kept = add_chat(store, 2, bob, sue, 1);
    add_message(store, 1, moved, sue);
    write(store, |tx| Ok(tx.reassign_chat(moved, tom, at(5))?));
    assert_eq!(find(store, moved), Some(chat(1, ann, tom)));
    assert_eq!(list(store, sue), [kept]);
    assert_eq!(list(store, tom), [moved]);
    assert_eq!(read(store, |tx| tx.list_last_messages(moved, 9)).len(), 1);
}

/// A chat that changes hands keeps its position in the order of opening.
pub fn a_chat_that_changes_hands_keeps_its_place(store: &dyn Store) {
    let customers = ["ann", "bob", "cid"].map(|name| add_person(store, name));
    let [sue, tom] = ["sue", "tom"].map(|name| add_staff(store, name));
    let of_tom = add_chat(store, 1, customers[0], tom, 0);
    let moved = add_chat(store, 2, customers[1], sue, 1);
    let newest_of_tom = add_chat(store, 3, customers[2], tom, 2);
    let before = positions(store, sue);
    write(store, |tx| Ok(tx.reassign_chat(moved, tom, at(5))?));
    assert_eq!(list(store, tom), [of_tom, moved, newest_of_tom]);
    assert_eq!(positions(store, tom).get(1), before.first());
    assert_eq!(positions(store, sue), []);
}

/// Closing removes the chat and its messages, no other's, and says whether it was there.
pub fn closing_takes_the_messages_along(store: &dyn Store) {
    let [ann, bob] = ["ann", "bob"].map(|name| add_person(store, name));
    let sue = add_staff(store, "sue");
    let closed = add_chat(store, 1, ann, sue, 0);
    let open = add_chat(store, 2, bob, sue, 0);
    add_message(store, 1, closed, ann);
    add_message(store, 2, open, bob);
    assert!(write(store, |tx| Ok(tx.delete_chat(closed)?)));
    assert!(!write(store, |tx| Ok(tx.delete_chat(closed)?)));
    assert_eq!(find(store, closed), None);
    assert_eq!(read(store, |tx| tx.find_chat_of_customer(ann)), None);
    assert_eq!(read(store, |tx| tx.list_last_messages(closed, 9)), []);
    assert_eq!(read(store, |tx| tx.list_last_messages(open, 9)).len(), 1);
}

/// Chats go with their customer and with their administrator, whoever wrote in them; other chats stay.
pub fn deleting_a_member_takes_its_chats_along(store: &dyn Store) {
    let [ann, bob, cid] = ["ann", "bob", "cid"].map(|name| add_person(store, name));
    let [sue, tom] = ["sue", "tom"].map(|name| add_staff(store, name));
    let ann_with_sue = add_chat(store, 1, ann, sue, 0);
    let bob_with_tom = add_chat(store, 2, bob, tom, 0);
    let cid_with_sue = add_chat(store, 3, cid, sue, 0);
    for (number, chat) in [(1, ann_with_sue), (2, bob_with_tom), (3, cid_with_sue)] {
        add_message(store, number, chat, if chat == bob_with_tom { tom } else { sue });
    }
    write(store, |tx| Ok(tx.delete_member(ann)?));
    assert!(read(store, |tx| tx.find_chat(ann_with_sue)).is_none(), "the customer's chat");
    assert!(read(store, |tx| tx.list_last_messages(ann_with_sue, 9)).is_empty());
    assert!(read(store, |tx| tx.find_chat(cid_with_sue)).is_some());
    write(store, |tx| Ok(tx.delete_member(sue)?));
    assert!(read(store, |tx| tx.find_chat(cid_with_sue)).is_none(), "the administrator's chat");
    assert_eq!(read(store, |tx| tx.find_chat(bob_with_tom)), Some(chat(2, bob, tom)));
    assert_eq!(read(store, |tx| tx.list_last_messages(bob_with_tom, 9)).len(), 1);
}
