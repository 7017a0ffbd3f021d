//! When sockets end, and with which code.

use super::desk::{Desk, chats_of, open_chat};
use crate::support::{Engine, Home, PASSWORD, PATIENCE, Server, Socket};
use reqwest::StatusCode;
use serde_json::json;
use std::time::Duration;

on_both_engines! {
    a_logout_ends_the_sockets_of_that_login_only,
    a_new_password_ends_all_other_sockets,
    a_blocked_or_deleted_user_is_thrown_out,
    a_new_rank_needs_a_new_login,
    a_closed_chat_is_gone_and_says_so,
    only_its_administrator_or_a_superuser_closes_a_chat,
    a_server_that_stops_says_so_and_stops_in_time,
    whoever_sits_in_front_of_a_server_waits_for_no_handing_over,
    a_frame_that_is_too_large_ends_the_socket,
}

/// The code when the session of the socket's token has ended.
const SESSION_ENDED: u16 = 4001;
/// The code when the chat was closed.
const CHAT_CLOSED: u16 = 4005;

async fn a_logout_ends_the_sockets_of_that_login_only(engine: Engine) {
    let desk = Desk::open(engine).await;
    let (mut admin, mut first) = desk.join_both().await;
    let second_login = desk.server.login(&desk.ann.email).await;
    let mut second = desk.join(&second_login).await;
    desk.ann.get("/api/users/logout/").await.is(StatusCode::OK);
    assert_eq!(first.closed().await, SESSION_ENDED);
    second.say("I am still here").await;
    for socket in [&mut second, &mut admin] {
        socket.hears("I am still here").await;
    }
}

async fn a_new_password_ends_all_other_sockets(engine: Engine) {
    let desk = Desk::open(engine).await;
    let other_login = desk.server.login(&desk.ann.email).await;
    let (mut own, mut other) = (desk.join(&desk.ann).await, desk.join(&other_login).await);
    let change = json!({ "current_password": PASSWORD, "new_password": "another good one" });
    desk.ann.put("/api/users/changepwd/", &change).await.is(StatusCode::OK);
    assert_eq!(other.closed().await, SESSION_ENDED);
    own.say("My token lives").await;
    own.hears("My token lives").await;
}

async fn a_blocked_or_deleted_user_is_thrown_out(engine: Engine) {
    let desk = Desk::open(engine).await;
    let mut blocked = desk.join(&desk.ann).await;
    let block = format!("/api/superadmin/user/block/{}/", desk.ann.id);
    desk.root.put(&block, &json!({ "is_active": false })).await.is(StatusCode::ACCEPTED);
    assert_eq!(blocked.closed().await, SESSION_ENDED);

    let ben = desk.server.customer("Ben").await;
    let chat = open_chat(&ben).await;
    let mut deleted = Socket::join(&desk.server, &chat, &ben).await;
    let mut admin = Socket::join(&desk.server, &chat, &desk.root).await;
    desk.root.delete(&format!("/api/superadmin/user/{}/", ben.id)).await.is(StatusCode::NO_CONTENT);
    assert_eq!(deleted.closed().await, SESSION_ENDED);
    assert_eq!(admin.closed().await, CHAT_CLOSED);
}

async fn a_new_rank_needs_a_new_login(engine: Engine) {
    let desk = Desk::open(engine).await;
    let mut customer = desk.join(&desk.ann).await;
    let path = format!("/api/superadmin/user/{}/", desk.ann.id);
    desk.root.put(&path, &json!({ "is_staff": true })).await.is(StatusCode::OK);
    assert_eq!(customer.closed().await, SESSION_ENDED);
    // The rank counts at once on every path.
    desk.ann.get("/api/superadmin/user/").await.is(StatusCode::OK);
}

async fn a_closed_chat_is_gone_and_says_so(engine: Engine) {
    let desk = Desk::open(engine).await;
    let (mut admin, mut customer) = desk.join_both().await;
    customer.say("Thank you").await;
    customer.hears("Thank you").await;
    admin.hears("Thank you").await;
    let close = format!("/api/chats/{}/close/", desk.chat);
    let closed = desk.root.post(&close, &json!({})).await.is(StatusCode::ACCEPTED);
    assert_eq!(closed, json!({ "message": format!("chat {} closed", desk.chat) }));
    assert_eq!((admin.closed().await, customer.closed().await), (CHAT_CLOSED, CHAT_CLOSED));
    assert_eq!(desk.door_for(&desk.ann).await, 403);
    assert!(chats_of(&desk.root).await.is_empty());
    desk.root.post(&close, &json!({})).await.is(StatusCode::NOT_FOUND);

    let next = open_chat(&desk.ann).await;
    assert_ne!(next, desk.chat);
    let mut customer = Socket::join(&desk.server, &next, &desk.ann).await;
    customer.say("It is me again").await;
    assert_eq!(customer.hears("It is me again").await["seq"], 1, "nothing of the old chat is left");
}

async fn only_its_administrator_or_a_superuser_closes_a_chat(engine: Engine) {
    let desk = Desk::open(engine).await;
    let sam = desk.server.staff(&desk.root, "Sam").await;
    let tim = desk.server.staff(&desk.root, "Tim").await;
    for (someone, status) in [(&desk.ann, StatusCode::FORBIDDEN), (&sam, StatusCode::FORBIDDEN)] {
        someone.post(&format!("/api/chats/{}/close/", desk.chat), &json!({})).await.is(status);
    }
    let chat = open_chat(&desk.server.customer("Ben").await).await;
    let (admin, other) = if chats_of(&sam).await.is_empty() { (&tim, &sam) } else { (&sam, &tim) };
    let close = format!("/api/chats/{chat}/close/");
    other.post(&close, &json!({})).await.is(StatusCode::FORBIDDEN);
    admin.post(&close, &json!({})).await.is(StatusCode::ACCEPTED);
    desk.root.post("/api/chats/17/close/", &json!({})).await.is(StatusCode::NOT_FOUND);
}

async fn a_server_that_stops_says_so_and_stops_in_time(engine: Engine) {
    let desk = Desk::open(engine).await;
    let (mut admin, mut customer) = desk.join_both().await;
    let stopping = tokio::spawn(desk.server.stop());
    assert_eq!((admin.closed().await, customer.closed().await), (1012, 1012));
    let (status, took, output) = stopping.await.expect("no panic");
    assert!(status.success(), "{status}: {output}");
    assert!(took < Duration::from_secs(10), "{took:?}");
}

async fn whoever_sits_in_front_of_a_server_waits_for_no_handing_over(engine: Engine) {
    let home = Home::new(engine).with_root().with("EASE_DRAIN_SECONDS", "600");
    // Ctrl-C says the same as the end of a handing over, and a signal in the middle of one ends it.
    let mut server = home.start();
    let (root, ann) = (server.root().await, server.customer("Ann").await);
    let chat = open_chat(&ann).await;
    let mut socket = Socket::join(&server, &chat, &root).await;
    server.interrupt();
    assert_eq!(socket.closed().await, 1012);
    let status = server.end().await;
    assert!(status.success(), "{status}: {}", server.output());

    let mut server = home.start();
    let ann = server.login(&ann.email).await;
    let mut socket = Socket::join(&server, &chat, &ann).await;
    server.terminate();
    is_handing_over(&server).await;
    socket.say("Are you there?").await;
    socket.hears("Are you there?").await;
    server.interrupt();
    let status = server.end().await;
    assert!(!status.success() && server.output().contains("second signal"), "{status}: {}", server.output());

    let server = home.start();
    let log = Socket::join_with(&server, &chat, &server.login(&ann.email).await, "&after=0").await.history().await;
    assert_eq!(log.len(), 1, "what was acknowledged is there");
}

/// Waits until a server that was told to stop says so to probes.
async fn is_handing_over(server: &Server) {
    let stranger = server.stranger();
    let asking = async {
        while stranger.get("/readyz").await.status.is_success() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, asking).await.expect("it is ready still");
}

async fn a_frame_that_is_too_large_ends_the_socket(engine: Engine) {
    let desk = Desk::open(engine).await;
    let mut customer = desk.join(&desk.ann).await;
    customer.say(&"x".repeat(10_000)).await;
    assert_eq!(customer.error_code().await, "chat.message_too_long");
    customer.say(&"x".repeat(17_000)).await;
    assert_eq!(customer.closed().await, 1009);
}
