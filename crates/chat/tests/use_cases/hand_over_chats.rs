//! Giving an administrator's chats to others.

use crate::Desk;
use chat::{Chat, HandedOver, hand_over_chats, list_chats};
use kernel::{Clock, UserId};

fn hand_over(desk: &Desk, admin: UserId) -> Vec<HandedOver> {
    desk.clock.advance_seconds(1);
    desk.write(|tx| hand_over_chats(tx, admin, desk.clock.now())).unwrap()
}

#[test]
fn chats_are_shared_out_among_the_others() {
    let desk = Desk::new();
    let sue = desk.agent("sue");
    let chats = ["ann", "bob", "cid", "dan"].map(|name| desk.open(desk.customer(name)));
    let [tom, zoe] = ["tom", "zoe"].map(|name| desk.agent(name));
    let expected = [tom, zoe, tom, zoe];
    let handed_over = hand_over(&desk, sue);
    for ((chat, to), handed_over) in chats.iter().zip(expected).zip(&handed_over) {
        assert_eq!(*handed_over, HandedOver { chat: chat.id, from: sue, to });
    }
    assert_eq!(handed_over.len(), chats.len());
    let of_tom = desk.read(|tx| list_chats(tx, tom, u32::MAX)).unwrap();
    assert_eq!(of_tom, [Chat { admin: tom, ..chats[0] }, Chat { admin: tom, ..chats[2] }]);
    assert!(desk.read(|tx| list_chats(tx, sue, u32::MAX)).is_err());
}

#[test]
fn a_chat_that_nobody_else_can_take_stays() {
    let desk = Desk::new();
    let sue = desk.agent("sue");
    let chat = desk.open(desk.customer("ann"));
    desk.block(desk.agent("tom"));
    assert!(hand_over(&desk, sue).is_empty());
    assert_eq!(desk.read(|tx| list_chats(tx, sue, u32::MAX)).unwrap(), [chat]);
}

#[test]
fn a_chat_never_goes_to_its_own_customer() {
    let desk = Desk::new();
    let sue = desk.agent("sue");
    let ann = desk.customer("ann");
    let [of_ann, of_bob] = [ann, desk.customer("bob")].map(|customer| desk.open(customer));
    desk.change(ann, |ann| ann.details.is_staff = true);
    assert_eq!(hand_over(&desk, sue), [HandedOver { chat: of_bob.id, from: sue, to: ann }]);
    assert_eq!(desk.read(|tx| list_chats(tx, sue, u32::MAX)).unwrap(), [of_ann]);
}

#[test]
fn an_administrator_without_chats_hands_nothing_over() {
    let desk = Desk::new();
    let [sue, _] = ["sue", "tom"].map(|name| desk.agent(name));
    assert!(hand_over(&desk, sue).is_empty());
}
