//! What is too large, and what is too slow.

use crate::support::{Engine, Home, Raw, SLACK, Server, Socket};
use reqwest::{Method, StatusCode};
use serde_json::json;
use std::time::{Duration, Instant};

on_both_engines! {
    a_body_that_is_too_large_is_refused,
    a_body_that_is_too_slow_is_cut,
    a_head_that_is_too_slow_is_cut,
    an_idle_connection_is_closed,
    a_head_that_is_too_large_is_refused,
    a_reader_that_stops_reading_is_cut_off,
    a_deep_or_broken_body_is_refused_not_followed,
    a_stop_waits_for_nobody_for_ever,
}

const EXPENSES: &str = "/api/management/expense/";

/// Within this time a server stops, whatever its clients do.
const STOPPED_WITHIN: Duration = Duration::from_secs(10);

async fn a_body_that_is_too_large_is_refused(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let large = json!({ "title": "x".repeat(1024 * 1024) });
    let refused = root.post(EXPENSES, &large).await;
    refused.is_refused(StatusCode::PAYLOAD_TOO_LARGE, "Request body too large.");
    // Also when nothing was announced.
    let chunk = format!("8000\r\n{}\r\n", "x".repeat(0x8000));
    let mut raw = Raw::connect(server.address());
    let head = format!(
        "POST {EXPENSES} HTTP/1.1\r\nHost: x\r\nAuthorization: Token {}\r\nContent-Type: application/json\r\n\
         Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n",
        root.token
    );
    raw.send(head.as_bytes());
    for _ in 0..40 {
        raw.send_what_it_takes(chunk.as_bytes());
    }
    raw.send_what_it_takes(b"0\r\n\r\n");
    let status = raw.read_to_the_end().status();
    // A client that goes on sending may lose the answer to the reset of its connection.
    assert!([413, 0].contains(&status), "{status}");
    root.get(EXPENSES).await.is(StatusCode::OK);
}

async fn a_body_that_is_too_slow_is_cut(engine: Engine) {
    let server = Home::new(engine).with_root().with("EASE_READ_TIMEOUT_SECONDS", "1").start();
    let root = server.root().await;
    let mut raw = Raw::connect(server.address());
    let head = format!(
        "POST {EXPENSES} HTTP/1.1\r\nHost: x\r\nAuthorization: Token {}\r\nContent-Type: application/json\r\n\
         Content-Length: 100\r\n\r\n{{",
        root.token
    );
    let since = Instant::now();
    raw.send(head.as_bytes());
    let answer = raw.read_to_the_end();
    assert_eq!(answer.status(), 408, "{answer:?}");
    assert!(answer.json()["detail"].is_string());
    assert!(since.elapsed() >= Duration::from_secs(1));
}

async fn a_head_that_is_too_slow_is_cut(engine: Engine) {
    let server = Home::new(engine).with_root().with("EASE_HEADER_TIMEOUT_SECONDS", "1").start();
    let mut raw = Raw::connect(server.address());
    raw.send(b"GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    let status = raw.read_to_the_end().status();
    assert!([408, 0].contains(&status), "{status}");
    assert!(server.stranger().get("/livez").await.status.is_success());
}

async fn an_idle_connection_is_closed(engine: Engine) {
    let server = Home::new(engine).with("EASE_KEEP_ALIVE_SECONDS", "1").start();
    let mut raw = Raw::connect(server.address());
    raw.send(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_eq!(raw.read_to_the_end().status(), 200);
}

async fn a_head_that_is_too_large_is_refused(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let long = root.get(&format!("{EXPENSES}?x={}", "x".repeat(9000))).await;
    long.is_refused(StatusCode::URI_TOO_LONG, "The address of the request is too long.");
    let large = "The headers of the request are too large.";
    let fat = root.request(Method::GET, EXPENSES).header("X-Fat", "x".repeat(33_000));
    root.send(fat).await.is_refused(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, large);
    let many = (0..70).fold(root.request(Method::GET, EXPENSES), |it, n| it.header(format!("X-{n}"), "x"));
    root.send(many).await.is_refused(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, large);
    // More than anybody reads is answered without being read.
    for endless in ["X-A: b\r\n".repeat(200), format!("X-A: {}", "b".repeat(300_000))] {
        let mut raw = Raw::connect(server.address());
        raw.send_what_it_takes(format!("GET / HTTP/1.1\r\nHost: x\r\n{endless}").as_bytes());
        let status = raw.read_to_the_end().status();
        assert!([431, 0].contains(&status), "{status}");
    }
    root.get(EXPENSES).await.is(StatusCode::OK);
}

async fn a_reader_that_stops_reading_is_cut_off(engine: Engine) {
    // A ping of 125 bytes (0x7d, and the bit that says masked), masked with zeros: the server answers as much.
    let ping = [&[0x89, 0xfd, 0, 0, 0, 0][..], &[b'x'; 125][..]].concat();
    let home = Home::new(engine).with_root().with("EASE_CHAT_SEND_TIMEOUT_SECONDS", "1").with("EASE_RATE_LIMIT", "off");
    let server = home.start();
    let ann = server.customer("Ann").await;
    let chat = ann.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
    let chat = chat["chat_id"].as_str().expect("an id");
    let mut raw = Raw::connect(server.address());
    let head = format!(
        "GET /ws/support/chat/{chat}/?token={} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        ann.token
    );
    raw.send(head.as_bytes());
    // It writes on and on and never reads, until the server has closed the connection.
    raw.send_until_cut_off(&ping.repeat(100));
    let mut other = Socket::join(&server, chat, &ann).await;
    other.say("nobody else noticed").await;
    other.hears("nobody else noticed").await;
}

async fn a_deep_or_broken_body_is_refused_not_followed(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let deep = format!("{{\"title\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    for body in [deep.into_bytes(), b"{\"title\": \"\xff\xfe\"}".to_vec(), b"\0\0\0".to_vec()] {
        let request = root.request(Method::POST, EXPENSES).header("Content-Type", "application/json").body(body);
        root.send(request).await.is(StatusCode::BAD_REQUEST);
    }
    let mut raw = Raw::connect(server.address());
    raw.send(b"GET / HTTP/9.9\r\nHost\r\n\r\n");
    let status = raw.read_to_the_end().status();
    assert!([400, 0].contains(&status), "{status}");
    root.get(EXPENSES).await.is(StatusCode::OK);
}

async fn a_stop_waits_for_nobody_for_ever(engine: Engine) {
    let home = Home::new(engine).with_root();
    let server = home.start();
    let root = server.root().await;
    // One client is silent, one is in the middle of a body that never ends.
    let silent = Raw::connect(server.address());
    let mut endless = Raw::connect(server.address());
    let head = format!("POST {EXPENSES} HTTP/1.1\r\nHost: x\r\nAuthorization: Token {}\r\n", root.token);
    endless.send(format!("{head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{").as_bytes());
    root.get(EXPENSES).await.is(StatusCode::OK);
    let (_, took, output) = server.stop().await;
    // Both would be waited for much longer; the rest is for a busy machine.
    assert!(took < STOPPED_WITHIN + SLACK, "{took:?}: {output}");
    drop(silent);
}
