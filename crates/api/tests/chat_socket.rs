//! The socket of the support chat.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::support::desk::{Desk, open_chat};
use crate::support::socket::Socket;
use crate::support::{TestApp, state};
use bus::Event;
use chat::{Chat, ChatId, Draft, MessageId, NewMessage};
use kernel::fakes::FixedClock;
use kernel::{Form, Raw, StoreError};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use users::Role;

fn say(text: &str) -> String {
    json!({ "message": text }).to_string()
}

/// A connection on which the customer has asked for the socket.
async fn handshake(desk: &Desk, method: &str) -> TcpStream {
    let mut connection = TcpStream::connect(&desk.app.address).await.unwrap();
    let handshake = format!(
        "{method} {} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        desk.path(&desk.customer, "")
    );
    connection.write_all(handshake.as_bytes()).await.unwrap();
    connection
}

/// All that comes until the server ends the connection.
async fn rest_of(mut connection: TcpStream) -> Vec<u8> {
    let mut read = Vec::new();
    timeout(Duration::from_secs(60), connection.read_to_end(&mut read)).await.unwrap().unwrap();
    read
}

#[actix_web::test]
async fn everybody_in_the_chat_hears_a_message_the_sender_too() {
    let desk = Desk::open().await;
    let (mut ann, mut bob) = (desk.socket(&desk.customer).await, desk.socket(&desk.admin).await);
    ann.send(&json!({ "message": "  hello ", "client_msg_id": "c1", "other": 1 }).to_string()).await;
    let (heard, echoed) = (bob.json().await, ann.json().await);
    assert_eq!(heard, echoed);
    let id = heard["id"].clone();
    let expected = json!({
        "user": "ann", "message": "hello", "timestamp": "2026-11-20 23:04:20",
        "id": id, "seq": 1, "client_msg_id": "c1",
    });
    assert_eq!(heard, expected);
}

#[actix_web::test]
async fn history_comes_first_as_one_array_with_addresses() {
    let desk = Desk::open().await;
    let mut ann = desk.socket(&desk.customer).await;
    for text in ["one", "two"] {
        ann.send(&say(text)).await;
        ann.json().await;
    }
    let history = desk.socket(&desk.admin).await.json().await;
    assert_eq!(history.as_array().unwrap().len(), 2);
    assert_eq!(history[0]["user"], "ann@example.org");
    assert_eq!(history[0]["timestamp"], "2026-11-20T23:04:20.827822Z");
    assert_eq!((&history[1]["message"], &history[1]["seq"]), (&json!("two"), &json!(2)));
}

#[actix_web::test]
async fn after_resumes_behind_a_message_and_nothing_comes_twice() {
    let desk = Desk::open().await;
    let mut ann = desk.socket(&desk.customer).await;
    for text in ["one", "two", "three"] {
        ann.send(&say(text)).await;
        ann.json().await;
    }
    let mut bob = Socket::open(&desk.app, &desk.path(&desk.admin, "&after=1")).await.unwrap();
    let history = bob.json().await;
    let texts: Vec<_> = history.as_array().unwrap().iter().map(|row| row["message"].clone()).collect();
    assert_eq!(texts, ["two", "three"]);
}

#[actix_web::test]
async fn from_a_number_that_no_message_has_reached_the_next_message_still_comes() {
    let desk = Desk::open().await;
    let mut ann = Socket::open(&desk.app, &desk.path(&desk.customer, "&after=999")).await.unwrap();
    ann.send(&say("one")).await;
    assert_eq!(ann.json().await["seq"], 1);
}

#[actix_web::test]
async fn history_is_bounded_and_after_brings_all_of_it_in_pages() {
    let mut state = state();
    state.chat.history_max = 2;
    let desk = Desk::over(TestApp::over(state)).await;
    let mut ann = desk.socket(&desk.customer).await;
    for number in 1..=5 {
        ann.send(&say(&number.to_string())).await;
        ann.json().await;
    }
    let texts =
        |page: &Value| -> Vec<Value> { page.as_array().unwrap().iter().map(|row| row["message"].clone()).collect() };
    assert_eq!(texts(&desk.socket(&desk.admin).await.json().await), ["4", "5"]);
    let mut bob = Socket::open(&desk.app, &desk.path(&desk.admin, "&after=0")).await.unwrap();
    assert_eq!(texts(&bob.json().await), ["1", "2"]);
    assert_eq!(texts(&bob.json().await), ["3", "4"]);
    assert_eq!(texts(&bob.json().await), ["5"]);
}

#[actix_web::test]
async fn live_times_are_iso_for_those_who_ask() {
    let desk = Desk::open().await;
    let mut ann = Socket::open(&desk.app, &desk.path(&desk.customer, "&ts=iso")).await.unwrap();
    ann.send(&say("hello")).await;
    assert_eq!(ann.json().await["timestamp"], "2026-11-20T23:04:20.827822Z");
}

#[actix_web::test]
async fn a_message_sent_again_is_stored_once_and_told_to_its_sender_only() {
    let desk = Desk::open().await;
    let (mut ann, mut bob) = (desk.socket(&desk.customer).await, desk.socket(&desk.admin).await);
    let frame = json!({ "message": "hello", "client_msg_id": "c1" }).to_string();
    ann.send(&frame).await;
    let first = ann.json().await;
    ann.send(&frame).await;
    assert_eq!(ann.json().await, first);
    // The same name of another sender is another message.
    bob.send(&frame).await;
    assert_eq!(bob.json().await, first);
    assert_eq!(bob.json().await["seq"], 2);
}

#[actix_web::test]
async fn a_bad_frame_is_answered_and_the_socket_lives() {
    let desk = Desk::open().await;
    let mut ann = desk.socket(&desk.customer).await;
    let long = say(&"ä".repeat(256));
    for (frame, code) in [
        ("nonsense", "chat.not_an_object"),
        ("[1]", "chat.not_an_object"),
        ("\"text\"", "chat.not_an_object"),
        ("{}", "chat.message_not_text"),
        (r#"{"message": null}"#, "chat.message_not_text"),
        (r#"{"message": 5}"#, "chat.message_not_text"),
        (r#"{"message": ["a"]}"#, "chat.message_not_text"),
        (r#"{"message": ""}"#, "chat.message_empty"),
        (r#"{"message": "  "}"#, "chat.message_empty"),
        (r#"{"message": "a\u0000b"}"#, "chat.message_has_nul"),
        (r#"{"message": "a", "client_msg_id": 5}"#, "chat.bad_client_message_id"),
        (r#"{"message": "a", "client_msg_id": ""}"#, "chat.bad_client_message_id"),
        (long.as_str(), "chat.message_too_long"),
    ] {
        ann.send(frame).await;
        let answer = ann.json().await;
        assert_eq!(answer["code"], code, "{frame}");
        assert!(!answer["error"].as_str().unwrap().is_empty());
    }
    ann.send_raw(Message::binary(vec![1, 2, 3])).await;
    assert_eq!(ann.json().await["code"], "chat.not_an_object");
    ann.send(&say(&"ä".repeat(255))).await;
    assert_eq!(ann.json().await["seq"], 1, "nothing before it was stored");
}

#[actix_web::test]
async fn only_the_two_members_get_in() {
    let desk = Desk::open().await;
    let stranger = desk.app.account("eve", Role::Superuser);
    let gone = desk.app.account("gus", Role::Staff);
    desk.app.log_out(&gone);
    for path in [
        desk.path(&stranger, ""),
        desk.path(&gone, ""),
        format!("/ws/support/chat/{}/?token={}", desk.chat, desk.customer.refresh),
        format!("/ws/support/chat/{}/?token=nonsense", desk.chat),
        format!("/ws/support/chat/{}/", desk.chat),
        format!("/ws/support/chat/00000000-0000-4000-8000-000000000000/?token={}", desk.customer.token),
    ] {
        assert_eq!(desk.refusal(&path).await, 403, "{path}");
    }
    for path in ["/ws/support/chat/7/?token=x", "/ws/support/chatbot/", "/ws/chat/"] {
        assert_eq!(desk.refusal(path).await, 404, "{path}");
    }
    let after = desk.path(&desk.customer, "&after=x");
    assert_eq!(desk.refusal(&after).await, 400);
}

#[actix_web::test]
async fn the_token_may_come_in_the_header_and_from_any_origin() {
    let desk = Desk::open().await;
    let path = format!("/ws/support/chat/{}", desk.chat);
    let headers = [
        ("authorization", format!("bearer {}", desk.customer.token)),
        ("origin", "https://elsewhere.example".to_owned()),
    ];
    assert!(Socket::open_with(&desk.app, &path, &headers).await.is_ok());
}

#[actix_web::test]
async fn a_plain_request_for_the_socket_is_told_to_upgrade() {
    let desk = Desk::open().await;
    let reply = desk.app.send(desk.app.request("GET", &desk.path(&desk.customer, ""))).await;
    assert_eq!((reply.status, reply.header("upgrade")), (426, "websocket"));
    let reply = desk.app.send(desk.app.request("GET", &format!("/ws/support/chat/{}/", desk.chat))).await;
    assert_eq!(reply.status, 403);
    assert!(rest_of(handshake(&desk, "HEAD").await).await.starts_with(b"HTTP/1.1 426"));
}

#[actix_web::test]
async fn other_methods_on_the_path_of_the_socket_are_told_what_is_allowed() {
    let desk = Desk::open().await;
    let path = format!("/ws/support/chat/{}/", desk.chat);
    let reply = desk.app.call("POST", &path, &desk.customer).await;
    assert_eq!((reply.status, reply.header("allow")), (405, "GET, HEAD, OPTIONS"));
    assert_eq!(reply.json(), json!({ "detail": "Method \"POST\" not allowed." }));
    assert!(rest_of(handshake(&desk, "POST").await).await.starts_with(b"HTTP/1.1 405"));
    let reply = desk.app.send(desk.app.request("OPTIONS", &path)).await;
    assert_eq!((reply.status, reply.header("allow")), (204, "GET, HEAD, OPTIONS"));
}

#[actix_web::test]
async fn closing_the_chat_ends_its_sockets_with_4005() {
    let desk = Desk::open().await;
    let (mut ann, mut bob) = (desk.socket(&desk.customer).await, desk.socket(&desk.admin).await);
    desk.app.call("POST", &format!("/api/chats/{}/close/", desk.chat), &desk.admin).await;
    assert_eq!((ann.close_code().await, bob.close_code().await), (4005, 4005));
    assert_eq!(desk.refusal(&desk.path(&desk.customer, "")).await, 403);
}

#[actix_web::test]
async fn the_end_of_a_session_ends_its_sockets_and_no_others() {
    let desk = Desk::open().await;
    let mut ann = desk.socket(&desk.customer).await;
    let mut bob = desk.socket(&desk.admin).await;
    let other = Event::SessionEnded { user: desk.customer.id, session: desk.admin.session };
    desk.app.state.bus.publish(other);
    let kept = Event::SessionsEnded { user: desk.customer.id, except: Some(desk.customer.session) };
    desk.app.state.bus.publish(kept);
    ann.send(&say("still here")).await;
    assert_eq!(ann.json().await["seq"], 1);
    desk.app.state.bus.publish(Event::SessionEnded { user: desk.customer.id, session: desk.customer.session });
    assert_eq!(ann.close_code().await, 4001);
    desk.app.state.bus.publish(Event::SessionsEnded { user: desk.admin.id, except: None });
    assert_eq!(bob.close_code().await, 4001);
}

#[actix_web::test]
async fn a_session_whose_end_was_not_told_ends_on_its_next_frame() {
    let desk = Desk::open().await;
    let mut ann = desk.socket(&desk.customer).await;
    desk.app.log_out(&desk.customer);
    ann.send(&say("hello")).await;
    assert_eq!(ann.close_code().await, 4001);
}

#[actix_web::test]
async fn the_administrator_that_was_replaced_has_to_leave() {
    let desk = Desk::open().await;
    let mut bob = desk.socket(&desk.admin).await;
    let chat: ChatId = ChatId(desk.chat.parse().unwrap());
    desk.app.state.bus.publish(Event::ChatHandedOver { chat, from: desk.admin.id });
    assert_eq!(bob.close_code().await, 4006);
}

#[actix_web::test]
async fn messages_told_out_of_order_or_not_at_all_come_in_order_all_the_same() {
    let desk = Desk::open().await;
    let mut bob = desk.socket(&desk.admin).await;
    let chat: ChatId = ChatId(desk.chat.parse().unwrap());
    let store = |text: &str| {
        let frame = Form::from_iter([("message", Raw::Text(text.to_owned()))]);
        let state = &desk.app.state;
        let message = NewMessage {
            id: MessageId(state.ids.uuid()),
            chat,
            sender: desk.customer.id,
            at: state.clock.now(),
            draft: Draft::read(&frame).unwrap(),
        };
        let stored: Result<_, StoreError> = state.store.write(|tx| tx.insert_message(&message));
        stored.unwrap().unwrap()
    };
    // Once its own message is back, the socket has read its history and hears what is told.
    bob.send(&say("zero")).await;
    assert_eq!(bob.json().await["seq"], 1);
    let (first, second, _untold) = (store("one"), store("two"), store("three"));
    desk.app.state.bus.publish(Event::Posted(second));
    desk.app.state.bus.publish(Event::Posted(first));
    for seq in 2..=4 {
        assert_eq!(bob.json().await["seq"], seq);
    }
    let last = store("four");
    desk.app.state.bus.publish(Event::Posted(last));
    assert_eq!(bob.json().await["seq"], 5);
}

#[actix_web::test]
async fn a_chat_that_vanished_untold_ends_the_socket_on_its_next_frame() {
    let desk = Desk::open().await;
    let mut ann = desk.socket(&desk.customer).await;
    let chat: ChatId = ChatId(desk.chat.parse().unwrap());
    let gone: Result<bool, StoreError> = desk.app.store().write(|tx| tx.delete_chat(chat));
    assert!(gone.unwrap());
    ann.send(&say("hello")).await;
    assert_eq!(ann.close_code().await, 4005);
}

#[actix_web::test]
async fn a_frame_that_is_too_large_ends_the_socket() {
    let desk = Desk::open().await;
    let mut ann = desk.socket(&desk.customer).await;
    ann.send(&"x".repeat(desk.app.state.chat.frame_max_bytes + 1)).await;
    assert_eq!(ann.close_code().await, 1009);
}

#[actix_web::test]
async fn a_frame_is_refused_for_what_it_announces_and_a_message_for_all_its_frames() {
    let desk = Desk::open().await;
    let announced = [&[0x81, 0xff][..], &(1_u64 << 40).to_be_bytes(), &[1, 2, 3, 4]].concat();
    let half = u16::try_from(desk.app.state.chat.frame_max_bytes / 2 + 1).unwrap();
    let part = |first: u8| [&[first, 0xfe][..], &half.to_be_bytes(), &[0; 4], &vec![b'x'; half.into()]].concat();
    for frames in [announced, [part(0x01), part(0x80)].concat()] {
        let mut socket = handshake(&desk, "GET").await;
        socket.write_all(&frames).await.unwrap();
        let answer = rest_of(socket).await;
        assert!(answer.windows(4).any(|bytes| bytes.starts_with(&[0x88]) && bytes.ends_with(&1009_u16.to_be_bytes())));
    }
}

#[actix_web::test]
async fn a_token_that_expires_ends_the_socket() {
    let clock = Arc::new(FixedClock::at(crate::support::start_of_test()));
    let shared = Arc::clone(&clock);
    let desk = Desk::over(TestApp::over(http::AppState { clock: shared, ..state() })).await;
    // The socket opens one second before its token dies, and is open when it does.
    clock.advance_seconds(auth::Tokens::LIFE_SECONDS - 1);
    let mut ann = desk.socket(&desk.customer).await;
    assert_eq!(ann.close_code().await, 4001);
    clock.advance_seconds(1);
    assert_eq!(desk.refusal(&desk.path(&desk.customer, "")).await, 403);
}

#[actix_web::test]
async fn a_ping_is_answered_and_a_close_is_echoed() {
    let desk = Desk::open().await;
    let mut ann = desk.socket(&desk.customer).await;
    ann.send_raw(Message::Ping("x".into())).await;
    assert_eq!(ann.raw().await, Message::Pong("x".into()));
    ann.send_raw(Message::Close(None)).await;
    assert!(matches!(ann.raw().await, Message::Close(_)));
}

#[actix_web::test]
async fn a_chat_whose_administrator_was_lost_is_handed_over() {
    let desk = Desk::open().await;
    let carl = desk.app.account("carl", Role::Staff);
    let mut bob = desk.socket(&desk.admin).await;
    let demoted: Result<(), users::UserError> = desk.app.store().write(|tx| {
        let mut user = tx.find_user(desk.admin.id)?.unwrap();
        user.details.is_staff = false;
        tx.update_user(&user)
    });
    demoted.unwrap();
    assert_eq!(open_chat(&desk.app, &desk.customer).await, desk.chat);
    assert_eq!(bob.close_code().await, 4006);
    let chat: Result<Option<Chat>, StoreError> =
        desk.app.store().read(|tx| tx.find_chat(ChatId(desk.chat.parse().unwrap())));
    assert_eq!(chat.unwrap().unwrap().admin, carl.id);
}

#[actix_web::test]
async fn a_client_that_says_nothing_for_two_heartbeats_is_dropped() {
    let mut state = state();
    state.chat.heartbeat_interval = Duration::from_millis(50);
    let desk = Desk::over(TestApp::over(state)).await;
    let silent = handshake(&desk, "GET").await;
    assert!(rest_of(silent).await.starts_with(b"HTTP/1.1 101"));
}
