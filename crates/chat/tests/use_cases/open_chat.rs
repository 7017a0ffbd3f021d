//! Getting one's chat, or opening one.

use crate::Desk;
use chat::{Chat, ChatError, HandedOver, OpenedChat, list_chats, open_chat};
use kernel::{Clock, UserId};

fn open(desk: &Desk, customer: UserId) -> Result<OpenedChat, ChatError> {
    desk.write(|tx| open_chat(tx, &desk.ids, desk.clock.now(), customer))
}

#[test]
fn a_first_request_opens_a_chat_with_an_agent() {
    let desk = Desk::new();
    let (ann, sue) = (desk.customer("ann"), desk.agent("sue"));
    let opened = open(&desk, ann).unwrap();
    let Chat { customer, admin, created_at, .. } = opened.chat;
    assert_eq!((customer, admin, created_at), (ann, sue, desk.clock.now()));
    assert_eq!(opened.handed_over, None);
}

#[test]
fn every_later_request_gets_the_same_chat() {
    let desk = Desk::new();
    let ann = desk.customer("ann");
    desk.agent("sue");
    let first = desk.open(ann);
    desk.agent("tom");
    assert_eq!(desk.open(ann), first);
}

#[test]
fn without_an_agent_there_is_no_chat() {
    let desk = Desk::new();
    let ann = desk.customer("ann");
    desk.block(desk.agent("sue"));
    assert!(matches!(open(&desk, ann), Err(ChatError::NoAdminAvailable)));
}

#[test]
fn nobody_answers_its_own_chat() {
    let desk = Desk::new();
    let sue = desk.agent("sue");
    assert!(matches!(open(&desk, sue), Err(ChatError::NoAdminAvailable)));
    let tom = desk.agent("tom");
    assert_eq!(desk.open(sue).admin, tom);
}

#[test]
fn chats_are_shared_out_evenly() {
    let desk = Desk::new();
    let agents = ["sue", "tom", "zoe"].map(|name| desk.agent(name));
    for number in 0..6 {
        desk.open(desk.customer(&format!("customer{number}")));
    }
    for agent in agents {
        assert_eq!(desk.read(|tx| list_chats(tx, agent, u32::MAX)).unwrap().len(), 2);
    }
}

#[test]
fn a_chat_whose_agent_may_no_longer_answer_changes_hands() {
    let desk = Desk::new();
    let (ann, sue) = (desk.customer("ann"), desk.agent("sue"));
    let chat = desk.open(ann);
    let tom = desk.agent("tom");
    desk.change(sue, |sue| sue.details.is_staff = false);
    let opened = open(&desk, ann).unwrap();
    assert_eq!(opened.chat, Chat { admin: tom, ..chat });
    assert_eq!(opened.handed_over, Some(HandedOver { chat: chat.id, from: sue, to: tom }));
    assert_eq!(open(&desk, ann).unwrap(), OpenedChat { chat: opened.chat, handed_over: None });
}

#[test]
fn a_chat_that_nobody_else_can_take_stays_where_it_is() {
    let desk = Desk::new();
    let (ann, sue) = (desk.customer("ann"), desk.agent("sue"));
    let chat = desk.open(ann);
    desk.block(sue);
    assert_eq!(open(&desk, ann).unwrap(), OpenedChat { chat, handed_over: None });
}

#[test]
fn a_customer_that_became_an_agent_does_not_take_its_own_chat_over() {
    let desk = Desk::new();
    let (ann, sue) = (desk.customer("ann"), desk.agent("sue"));
    let chat = desk.open(ann);
    desk.change(ann, |ann| ann.details.is_staff = true);
    desk.block(sue);
    assert_eq!(open(&desk, ann).unwrap(), OpenedChat { chat, handed_over: None });
}
