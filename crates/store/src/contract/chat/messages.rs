//! The clauses of chat messages.

use crate::Store;
use crate::contract::chat::sample::{add_chat, add_message, chat, message};
use crate::contract::sample::{Trouble, UNICODE, at, lose_race, read, text, write};
use crate::contract::users::sample::{add, add_person, add_staff, email, staff};
use chat::{ChatId, ClientMessageId, Draft, Message, NewMessage};
use kernel::{StoreError, UserId};
use std::slice::from_ref;
use users::UserDetails;

/// A chat with both of its members.
struct Room {
    chat: ChatId,
    customer: UserId,
    admin: UserId,
}

fn add_room(store: &dyn Store) -> Room {
    let customer = add_person(store, "ann");
    let admin = add(store, &UserDetails { first_name: "Sue".to_owned(), ..staff("sue") }).id;
    Room { chat: add_chat(store, 1, customer, admin, 0), customer, admin }
}

fn named(message: NewMessage, name: &str) -> NewMessage {
    let client_msg_id = Some(ClientMessageId(name.to_owned()));
    NewMessage { draft: Draft { client_msg_id, ..message.draft }, ..message }
}

fn post(store: &dyn Store, message: &NewMessage) -> Option<Message> {
    write(store, |tx| Ok(tx.insert_message(message)?))
}

fn seqs(messages: &[Message]) -> Vec<i64> {
    messages.iter().map(|message| message.seq).collect()
}

/// A message is handed back, and found, as it was stored, to the microsecond, with how its sender is called.
pub fn round_trips(store: &dyn Store) {
    let room = add_room(store);
    let peculiar = NewMessage {
        at: at(3600),
        draft: Draft { text: text(&format!("{UNICODE}{}", "猫".repeat(200))), client_msg_id: None },
        ..named(message(2, room.chat, room.admin), "x")
    };
    let named = named(message(3, room.chat, room.customer), &"🦀".repeat(64));
    for (seq, new) in (1..).zip([message(1, room.chat, room.customer), peculiar, named]) {
        let by_admin = new.sender == room.admin;
        let (email, first_name) = if by_admin { ("sue@example.org", "Sue") } else { ("ann@example.org", "") };
        let expected = new.clone().stored(seq, email.to_owned(), first_name.to_owned());
        assert_eq!(post(store, &new).as_ref(), Some(&expected));
        assert_eq!(read(store, |tx| tx.list_last_messages(room.chat, 1)), from_ref(&expected));
        assert_eq!(read(store, |tx| tx.list_messages_after(room.chat, seq - 1, 1)), from_ref(&expected));
    }
}

/// The longest message of the widest characters is kept whole.
pub fn the_longest_message_is_kept_whole(store: &dyn Store) {
    let room = add_room(store);
    let draft = Draft { text: text(&"🦀".repeat(Draft::TEXT_MAX)), client_msg_id: None };
    let longest = NewMessage { draft, ..message(1, room.chat, room.customer) };
    let posted = post(store, &longest).unwrap();
    assert_eq!(posted.text, longest.draft.text);
    assert_eq!(read(store, |tx| tx.list_last_messages(room.chat, 1)), [posted]);
}

/// Messages show how their sender is called today.
pub fn messages_show_how_their_sender_is_called_today(store: &dyn Store) {
    let room = add_room(store);
    post(store, &named(message(1, room.chat, room.customer), "x"));
    write(store, |tx| {
        let mut ann = tx.find_user(room.customer)?.unwrap();
        ann.set_email(email("other@example.org"));
        "Änne".clone_into(&mut ann.details.first_name);
        Ok(tx.update_user(&ann)?)
    });
    let name = ClientMessageId("x".to_owned());
    let found = read(store, |tx| tx.find_message_of_client(room.chat, room.customer, &name)).unwrap();
    let listed = read(store, |tx| tx.list_last_messages(room.chat, 1)).remove(0);
    let after = read(store, |tx| tx.list_messages_after(room.chat, 0, 1)).remove(0);
    for message in [found, listed, after] {
        assert_eq!((message.sender_email.as_str(), message.sender_first_name.as_str()), ("other@example.org", "Änne"));
    }
}

/// Each chat counts its messages 1, 2, 3, whoever sends them and whatever other chats do.
pub fn each_chat_counts_its_own_messages(store: &dyn Store) {
    let room = add_room(store);
    let other = add_chat(store, 2, add_person(store, "bob"), room.admin, 0);
    let posted = [room.chat, other, room.chat, other, room.chat];
    let seqs = [1, 2, 3, 4, 5]
        .map(|number| add_message(store, number, posted[usize::try_from(number).unwrap() - 1], room.admin));
    assert_eq!(seqs, [1, 1, 2, 2, 3]);
}

/// Several messages of one transaction get one place each.
pub fn messages_of_one_transaction_get_one_place_each(store: &dyn Store) {
    let room = add_room(store);
    let seqs = write(store, |tx| {
        let mut seqs = Vec::new();
        for number in 1..=3 {
            seqs.push(tx.insert_message(&message(number, room.chat, room.customer))?.unwrap().seq);
        }
        Ok(seqs)
    });
    assert_eq!(seqs, [1, 2, 3]);
}

/// A transaction that failed uses no place up.
pub fn a_failed_transaction_uses_no_place_up(store: &dyn Store) {
    let room = add_room(store);
    assert_eq!(add_message(store, 1, room.chat, room.customer), 1);
    let failed = store.write(|tx| -> Result<(), Trouble> {
        assert_eq!(tx.insert_message(&message(2, room.chat, room.customer))?.unwrap().seq, 2);
        Err(StoreError::fault("for the test").into())
    });
    assert!(failed.is_err());
    assert_eq!(add_message(store, 3, room.chat, room.customer), 2);
    assert_eq!(seqs(&read(store, |tx| tx.list_last_messages(room.chat, 9))), [1, 2]);
}

/// A place is never given twice, not even when the message in it went with its sender.
pub fn a_place_is_never_given_twice(store: &dyn Store) {
    let room = add_room(store);
    let tom = add_staff(store, "tom");
    add_message(store, 1, room.chat, room.customer);
    assert_eq!(add_message(store, 2, room.chat, room.admin), 2);
    write(store, |tx| {
        tx.reassign_chat(room.chat, tom, at(1))?;
        Ok(tx.delete_member(room.admin)?)
    });
    assert_eq!(add_message(store, 3, room.chat, tom), 3);
}

/// Messages that are posted at the same time get places without gap or double.
pub fn messages_posted_at_the_same_time_get_one_place_each(store: &dyn Store) {
    const SENDERS: u8 = 4;
    const MESSAGES: u8 = 5;
    let room = add_room(store);
    std::thread::scope(|scope| {
        for sender in 0..SENDERS {
            let room = &room;
            scope.spawn(move || {
                for number in 0..MESSAGES {
                    let message = message(u128::from(sender * MESSAGES + number), room.chat, room.customer);
                    // Retries are bounded, and this clause is not about their bound.
                    while let Err(error) = store.write(|tx| tx.insert_message(&message)) {
                        assert!(kernel::Retryable::is_retryable(&error), "{error:?}");
                    }
                }
            });
        }
    });
    let all = read(store, |tx| tx.list_messages_after(room.chat, 0, 100));
    assert_eq!(seqs(&all), (1..=i64::from(SENDERS * MESSAGES)).collect::<Vec<_>>());
}

/// A message to a chat that is not there is not stored, and says so.
pub fn a_message_to_a_closed_chat_is_not_stored(store: &dyn Store) {
    let room = add_room(store);
    assert!(write(store, |tx| Ok(tx.delete_chat(room.chat)?)));
    assert_eq!(post(store, &message(1, room.chat, room.customer)), None);
    let reopened = chat(2, room.customer, room.admin);
    write(store, |tx| Ok(tx.insert_chat(&reopened)?));
    assert_eq!(add_message(store, 1, reopened.id, room.customer), 1);
}

/// The sender's own name for a message is found in this chat, of this sender, to the letter.
pub fn a_message_is_found_by_its_senders_name_for_it(store: &dyn Store) {
    let room = add_room(store);
    let bob = add_person(store, "bob");
    let other = add_chat(store, 2, bob, room.admin, 0);
    let of_admin = post(store, &named(message(1, room.chat, room.admin), "Ä-1")).unwrap();
    let of_customer = post(store, &named(message(2, room.chat, room.customer), "Ä-1")).unwrap();
    let elsewhere = post(store, &named(message(3, other, room.admin), "Ä-1")).unwrap();
    let find = |chat, sender, name: &str| {
        let name = ClientMessageId(name.to_owned());
        read(store, |tx| tx.find_message_of_client(chat, sender, &name))
    };
    assert_eq!(find(room.chat, room.admin, "Ä-1"), Some(of_admin));
    assert_eq!(find(room.chat, room.customer, "Ä-1"), Some(of_customer));
    assert_eq!(find(other, room.admin, "Ä-1"), Some(elsewhere));
    assert_eq!(find(other, bob, "Ä-1"), None);
    for name in ["ä-1", "Ä-", "Ä_1", "%", ""] {
        assert_eq!(find(room.chat, room.admin, name), None, "{name}");
    }
}

/// A sender's second message of one name in a chat is a lost race.
pub fn a_second_message_of_one_name_is_a_lost_race(store: &dyn Store) {
    let room = add_room(store);
    post(store, &named(message(1, room.chat, room.customer), "x"));
    let second = named(message(2, room.chat, room.customer), "x");
    lose_race(store, |tx| tx.insert_message(&second));
    assert_eq!(seqs(&read(store, |tx| tx.list_last_messages(room.chat, 9))), [1]);
}

/// Any number of messages may go without a name of their sender's.
pub fn messages_without_a_name_do_not_clash(store: &dyn Store) {
    let room = add_room(store);
    for number in 1..=2 {
        add_message(store, number, room.chat, room.customer);
    }
    assert_eq!(read(store, |tx| tx.list_last_messages(room.chat, 9)).len(), 2);
}

/// A page starts right after a place and goes forward.
pub fn a_page_starts_right_after_a_place(store: &dyn Store) {
    let room = add_room(store);
    for number in 1..=12 {
        add_message(store, number, room.chat, room.customer);
    }
    let after = |after, limit| seqs(&read(store, |tx| tx.list_messages_after(room.chat, after, limit)));
    assert_eq!(after(0, 3), [1, 2, 3]);
    assert_eq!(after(3, 3), [4, 5, 6]);
    assert_eq!(after(8, 100), [9, 10, 11, 12]);
    assert_eq!(after(-1, 1), [1]);
    assert!(after(12, 3).is_empty());
    assert!(after(i64::MAX, 3).is_empty());
    assert!(after(0, 0).is_empty());
}

/// The last messages come oldest first.
pub fn the_last_messages_come_oldest_first(store: &dyn Store) {
    let room = add_room(store);
    let other = add_chat(store, 2, add_person(store, "bob"), room.admin, 0);
    for number in 1..=12 {
        add_message(store, number, room.chat, room.customer);
    }
    let last = |chat, limit| seqs(&read(store, |tx| tx.list_last_messages(chat, limit)));
    assert_eq!(last(room.chat, 3), [10, 11, 12]);
    assert_eq!(last(room.chat, 100), (1..=12).collect::<Vec<_>>());
    assert!(last(room.chat, 0).is_empty());
    assert!(last(other, 3).is_empty());
}

/// Messages go with their sender, also those in a chat that is another administrator's by now.
pub fn deleting_a_member_takes_its_messages_along(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let [sue, tom] = ["sue", "tom"].map(|name| add_staff(store, name));
    let chat = add_chat(store, 1, ann, sue, 0);
    add_message(store, 1, chat, ann);
    add_message(store, 2, chat, sue);
    write(store, |tx| Ok(tx.reassign_chat(chat, tom, at(1))?));
    write(store, |tx| Ok(tx.delete_member(sue)?));
    let left: Vec<_> = read(store, |tx| tx.list_last_messages(chat, 9));
    assert_eq!(left.into_iter().map(|left| left.id).collect::<Vec<_>>(), [message(1, chat, ann).id]);
}
