//! What is said, and how it reads.

use super::desk::{Desk, chats_of, open_chat, places, said};
use crate::support::{Engine, Home, Socket};
use futures_util::future::join_all;
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::{Bytes, Message};

on_both_engines! {
    a_customer_and_an_administrator_talk,
    history_and_live_frames_read_differently,
    a_frame_that_cannot_be_used_is_answered_and_the_socket_lives,
    a_message_repeated_by_its_sender_is_stored_once,
    what_is_handed_back_overtakes_nothing,
    two_who_talk_at_once_leave_no_gap,
    thirty_who_talk_at_once_are_all_heard,
    fifty_first_requests_at_once_open_one_chat,
    an_administrator_reads_the_names_of_its_customers,
    both_sides_ping,
    a_client_that_answers_no_ping_is_dropped,
}

async fn a_customer_and_an_administrator_talk(engine: Engine) {
    let desk = Desk::open(engine).await;
    assert_eq!(open_chat(&desk.ann).await, desk.chat, "a customer has one chat");
    let listed = chats_of(&desk.root).await;
    let created_at = listed[0]["created_at"].as_str().expect("text");
    assert!(created_at.ends_with('Z') && created_at.len() == "2026-11-20T23:04:20.827822Z".len(), "{created_at}");
    let expected = json!([{
        "id": desk.chat, "is_active": true, "created_at": created_at, "customer": desk.ann.id, "admin": desk.root.id,
    }]);
    assert_eq!(json!(listed), expected);
    desk.ann.get("/api/chats/chat/").await.is(StatusCode::FORBIDDEN);

    let (mut admin, mut customer) = desk.join_both().await;
    customer.say("  My books are gone.  ").await;
    for socket in [&mut customer, &mut admin] {
        let frame = socket.hears("My books are gone.").await;
        assert_eq!((&frame["user"], &frame["seq"]), (&json!("Ann"), &json!(1)));
    }
    admin.say("Have you looked under the sofa?").await;
    let heard =
        [customer.hears("Have you looked under the sofa?").await, admin.hears("Have you looked under the sofa?").await];
    assert_eq!(heard[0], heard[1]);
    customer.leave().await;
    admin.leave().await;
}

async fn history_and_live_frames_read_differently(engine: Engine) {
    let desk = Desk::open(engine).await;
    let (mut admin, mut customer) = desk.join_both().await;
    customer.say("Hello").await;
    let live = admin.hears("Hello").await;
    let now = live["timestamp"].as_str().expect("text");
    assert!(now.len() == 19 && now.contains(' '), "{now}");
    let mut iso = Socket::join_with(&desk.server, &desk.chat, &desk.ann, "&ts=iso").await;
    let history = iso.history().await;
    assert_eq!((said(&history), &history[0]["user"]), (vec!["Hello"], &json!(desk.ann.email)));
    let then = history[0]["timestamp"].as_str().expect("text");
    assert_eq!(then.replace('T', " ")[..19], *now, "both are UTC");
    admin.say("Hi").await;
    let in_iso_form = iso.hears("Hi").await;
    let timestamp = in_iso_form["timestamp"].as_str().expect("text");
    assert!(timestamp.contains('T') && timestamp.ends_with('Z'), "{timestamp}");
    // The superuser was made without a first name.
    assert_eq!(in_iso_form["user"], desk.root.email);
}

async fn a_frame_that_cannot_be_used_is_answered_and_the_socket_lives(engine: Engine) {
    let desk = Desk::open(engine).await;
    let mut customer = desk.join(&desk.ann).await;
    for (frame, code) in [
        (Message::text("hello"), "chat.not_an_object"),
        (Message::text("[]"), "chat.not_an_object"),
        (Message::text("{}"), "chat.message_not_text"),
        (Message::text(r#"{"message": null}"#), "chat.message_not_text"),
        (Message::text(r#"{"message": ["a"]}"#), "chat.message_not_text"),
        (Message::text(r#"{"message": ""}"#), "chat.message_empty"),
        (Message::text(r#"{"message": "   "}"#), "chat.message_empty"),
        (Message::text(json!({ "message": "ä".repeat(256) }).to_string()), "chat.message_too_long"),
        (Message::text(r#"{"message": "a\u0000b"}"#), "chat.message_has_nul"),
        (Message::text(r#"{"message": "a", "client_msg_id": ""}"#), "chat.bad_client_message_id"),
        (Message::binary(Bytes::from_static(b"{\"message\": \"a\"}")), "chat.not_an_object"),
    ] {
        customer.send_frame(frame.clone()).await;
        assert_eq!(customer.error_code().await, code, "{frame:?}");
    }
    let longest = "ä".repeat(255);
    customer.say(&longest).await;
    let stored = customer.hears(&longest).await;
    assert_eq!(stored["seq"], 1, "nothing of the rest was stored");
}

async fn a_message_repeated_by_its_sender_is_stored_once(engine: Engine) {
    let desk = Desk::open(engine).await;
    let (mut admin, mut customer) = desk.join_both().await;
    let message = json!({ "message": "Are you there?", "client_msg_id": "m-1" }).to_string();
    customer.send(message.clone()).await;
    let first = customer.hears("Are you there?").await;
    assert_eq!(first["client_msg_id"], "m-1");
    customer.send(message.clone()).await;
    assert_eq!(customer.hears("Are you there?").await, first, "the stored one is handed back");
    // The same name is another message when somebody else gives it.
    admin.send(message).await;
    assert_eq!(customer.hears("Are you there?").await["seq"], 2);
    assert_eq!(places(&[admin.frame().await, admin.frame().await]), [1, 2], "nobody else hears of the repetition");
    assert_eq!(said(&desk.join(&desk.ann).await.history().await), ["Are you there?", "Are you there?"]);
}

/// A client that comes back says again what it does not know to have arrived, while others still hear of it.
async fn what_is_handed_back_overtakes_nothing(engine: Engine) {
    const ROUNDS: i64 = 100;
    let desk = Desk::open(engine).await;
    let (mut before, mut again) = (desk.join(&desk.ann).await, desk.join(&desk.ann).await);
    let say = |text: String| json!({ "message": text, "client_msg_id": text }).to_string();
    let mut known = 0;
    for round in 1..=ROUNDS {
        for part in ["first", "second", "third"] {
            before.send(say(format!("{part} {round}"))).await;
        }
        again.send(say(format!("third {round}"))).await;
        while known < 3 * round {
            let place = places(&[again.frame().await])[0];
            assert!(place <= known + 1, "place {place} comes behind {known}");
            known = known.max(place);
        }
    }
}

async fn two_who_talk_at_once_leave_no_gap(engine: Engine) {
    const EACH: usize = 40;
    let desk = Desk::open(engine).await;
    let (mut admin, mut customer) = desk.join_both().await;
    let mut third = desk.join(&desk.ann).await;
    for number in 0..EACH {
        customer.say(&format!("ann {number}")).await;
        admin.say(&format!("root {number}")).await;
    }
    let mut heard: Vec<Vec<Value>> = Vec::new();
    for socket in [&mut admin, &mut customer, &mut third] {
        let mut frames = Vec::new();
        for _ in 0..2 * EACH {
            frames.push(socket.frame().await);
        }
        heard.push(frames);
    }
    let expected: Vec<i64> = (1..).take(2 * EACH).collect();
    assert_eq!(places(&heard[0]), expected);
    assert_eq!((&heard[1], &heard[2]), (&heard[0], &heard[0]), "all hear the same in the same order");
    for who in ["ann", "root"] {
        let of_one: Vec<&str> = said(&heard[0]).into_iter().filter(|text| text.starts_with(who)).collect();
        assert_eq!(of_one, (0..EACH).map(|number| format!("{who} {number}")).collect::<Vec<_>>());
    }
}

async fn thirty_who_talk_at_once_are_all_heard(engine: Engine) {
    const SOCKETS: usize = 30;
    const EACH: usize = 20;
    // All of them want the next number of the chat at the same time.
    let desk = Desk::open_in(Home::new(engine).with_root().with("EASE_DATABASE_CONNECTIONS", "30")).await;
    let sockets = join_all((0..SOCKETS).map(|number| desk.join([&desk.ann, &desk.root][number % 2]))).await;
    let talk = async |(number, mut socket): (usize, Socket)| {
        for turn in 0..EACH {
            socket.say(&format!("{number}: {turn}")).await;
        }
        let mut heard = Vec::new();
        for _ in 0..SOCKETS * EACH {
            heard.push(socket.frame().await);
        }
        heard
    };
    let heard = join_all(sockets.into_iter().enumerate().map(talk)).await;
    assert_eq!(places(&heard[0]), (1..).take(SOCKETS * EACH).collect::<Vec<_>>());
    let texts: BTreeSet<&str> = said(&heard[0]).into_iter().collect();
    assert_eq!(texts.len(), SOCKETS * EACH, "everything was said once");
    assert!(heard.iter().all(|frames| *frames == heard[0]), "all hear the same in the same order");
}

async fn fifty_first_requests_at_once_open_one_chat(engine: Engine) {
    let desk = Desk::open(engine).await;
    let ben = desk.server.customer("Ben").await;
    desk.server.staff(&desk.root, "Sam").await;
    let chats: BTreeSet<String> = join_all((0..50).map(|_| open_chat(&ben))).await.into_iter().collect();
    assert_eq!(chats.len(), 1, "{chats:?}");
}

async fn an_administrator_reads_the_names_of_its_customers(engine: Engine) {
    let desk = Desk::open(engine).await;
    let sam = desk.server.staff(&desk.root, "Sam").await;
    // The superuser has Ann already, so that the one who comes next is Sam's; and it is the superuser itself.
    open_chat(&desk.root).await;
    let chats = chats_of(&sam).await;
    assert_eq!(chats[0]["customer"], desk.root.id);
    let customer = format!("/api/superadmin/user/{}/", desk.root.id);
    assert_eq!(sam.get(&customer).await.is(StatusCode::OK)["username"], desk.root.email);
    sam.put(&customer, &json!({ "first_name": "Mine" })).await.is(StatusCode::FORBIDDEN);
    let other = desk.server.staff(&desk.root, "Tim").await;
    other.get(&customer).await.is(StatusCode::FORBIDDEN);
}

async fn both_sides_ping(engine: Engine) {
    let desk = Desk::open_in(Home::new(engine).with_root().with("EASE_CHAT_HEARTBEAT_SECONDS", "1")).await;
    let mut customer = desk.join(&desk.ann).await;
    customer.next_where(Message::is_ping).await;
    customer.send_frame(Message::Ping(Bytes::from_static(b"there?"))).await;
    let pong = customer.next_where(Message::is_pong).await;
    assert_eq!(pong, Message::Pong(Bytes::from_static(b"there?")));
    // Reading answers the server's pings, so that a socket on which nothing is said stays open.
    let since = Instant::now();
    while since.elapsed() < Duration::from_secs(4) {
        customer.next_where(Message::is_ping).await;
    }
    customer.say("Still here").await;
    customer.hears("Still here").await;
}

async fn a_client_that_answers_no_ping_is_dropped(engine: Engine) {
    let desk = Desk::open_in(Home::new(engine).with_root().with("EASE_CHAT_HEARTBEAT_SECONDS", "1")).await;
    let mut dead = crate::support::Raw::connect(desk.server.address());
    let request = format!(
        "GET /ws/support/chat/{}/?token={} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        desk.chat, desk.ann.token
    );
    dead.send(request.as_bytes());
    assert_eq!(dead.read_to_the_end().status(), 101);
}
