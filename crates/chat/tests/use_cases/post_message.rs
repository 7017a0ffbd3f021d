//! Posting a message.

use crate::{Desk, draft, text};
use chat::{Chat, ChatError, Draft, Message, Posted, post_message};
use kernel::{Clock, Form, UserId};

fn post(desk: &Desk, chat: &Chat, sender: UserId, draft: &Draft) -> Result<Posted, ChatError> {
    desk.clock.advance_seconds(1);
    desk.write(|tx| post_message(tx, &desk.ids, desk.clock.now(), chat.id, sender, draft.clone()))
}

/// A message that must be stored now.
fn post_new(desk: &Desk, chat: &Chat, sender: UserId, draft: &Draft) -> Message {
    match post(desk, chat, sender, draft).unwrap() {
        Posted::New(message) => message,
        Posted::Before(message) => panic!("stored before: {message:?}"),
    }
}

fn named(message: &str, name: &str) -> Draft {
    Draft::read(&Form::from_iter([("message", text(message)), ("client_msg_id", text(name))])).unwrap()
}

fn all(desk: &Desk, chat: &Chat) -> Vec<(i64, UserId, String)> {
    let messages = desk.read(|tx| Ok(tx.list_last_messages(chat.id, 100)?)).unwrap();
    messages.into_iter().map(|m| (m.seq, m.sender, m.text.as_str().to_owned())).collect()
}

#[test]
fn members_post_in_one_order() {
    let desk = Desk::new();
    let (ann, sue) = (desk.customer("ann"), desk.agent("sue"));
    let chat = desk.open(ann);
    let hello = post_new(&desk, &chat, ann, &draft(" hello "));
    assert_eq!((hello.seq, hello.chat, hello.sender_email.as_str()), (1, chat.id, "ann@example.org"));
    post_new(&desk, &chat, sue, &draft("hi"));
    post_new(&desk, &chat, ann, &draft("hello"));
    let expected = [(1, ann, "hello"), (2, sue, "hi"), (3, ann, "hello")];
    assert_eq!(all(&desk, &chat), expected.map(|(seq, sender, text)| (seq, sender, text.to_owned())));
}

#[test]
fn nobody_else_posts() {
    let desk = Desk::new();
    desk.agent("sue");
    let chat = desk.open(desk.customer("ann"));
    for stranger in [desk.customer("bob"), desk.agent("tom")] {
        assert!(matches!(post(&desk, &chat, stranger, &draft("hello")), Err(ChatError::NotAMember)));
    }
    assert!(all(&desk, &chat).is_empty());
}

#[test]
fn an_agent_that_handed_the_chat_over_posts_no_more() {
    let desk = Desk::new();
    let [sue, tom] = ["sue", "tom"].map(|name| desk.agent(name));
    let chat = desk.open(desk.customer("ann"));
    assert_eq!(chat.admin, sue);
    desk.write(|tx| Ok(tx.reassign_chat(chat.id, tom, desk.clock.now())?)).unwrap();
    assert!(matches!(post(&desk, &chat, sue, &draft("hello")), Err(ChatError::NotAMember)));
    post_new(&desk, &chat, tom, &draft("hello"));
}

#[test]
fn a_message_that_is_sent_again_under_its_name_is_posted_once() {
    let desk = Desk::new();
    desk.agent("sue");
    let chat = desk.open(desk.customer("ann"));
    let first = post_new(&desk, &chat, chat.customer, &named("hello", "1"));
    let again = post(&desk, &chat, chat.customer, &named("changed", "1")).unwrap();
    assert_eq!(again, Posted::Before(first));
    assert_eq!(all(&desk, &chat), [(1, chat.customer, "hello".to_owned())]);
}

#[test]
fn a_name_is_its_senders_alone() {
    let desk = Desk::new();
    desk.agent("sue");
    let chat = desk.open(desk.customer("ann"));
    let of_customer = post(&desk, &chat, chat.customer, &named("hello", "1")).unwrap();
    let of_admin = post(&desk, &chat, chat.admin, &named("hello", "1")).unwrap();
    assert!(matches!((&of_customer, &of_admin), (Posted::New(one), Posted::New(two)) if (one.seq, two.seq) == (1, 2)));
}

#[test]
fn a_sender_is_called_by_its_first_name_or_else_by_its_email() {
    let desk = Desk::new();
    desk.agent("sue");
    let chat = desk.open(desk.customer("ann"));
    assert_eq!(post_new(&desk, &chat, chat.customer, &draft("hello")).sender_name(), "ann@example.org");
    desk.change(chat.customer, |ann| "Ann".clone_into(&mut ann.details.first_name));
    assert_eq!(post_new(&desk, &chat, chat.customer, &draft("hello")).sender_name(), "Ann");
}
