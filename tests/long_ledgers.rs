//! The story of a ledger with a hundred thousand entries: how it comes in, and what it takes to list it and to give it away.

use crate::support::{Client, Engine, Home, Server};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::fmt::Write as _;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

on_both_engines! {
    a_long_ledger_takes_little_memory,
    an_import_that_fails_leaves_nothing,
}

const IMPORT: &str = "/api/management/import/";
const EXPORT: &str = "/api/management/export/";
const INCOMES: &str = "/api/management/income/";

/// Entries of one file.
const FILE: usize = 10_000;
/// Files, one after the other.
const FILES: usize = 10;
/// What listing may add to the memory of the server: far less than the list, which is some 35 MB long.
const MEMORY_MAX_KIB: u64 = 16 * 1024;

/// A file of incomes under these names.
fn file(names: std::ops::Range<usize>) -> String {
    let mut file = "type,external_id,title,description,amount,creation_date,creation_time,category_name\r\n".to_owned();
    for name in names {
        let words = "what it was for, in so many words that it takes some room in memory and on its way";
        writeln!(file, "income,{name},Income {name},\"{words}\",12.50,2026-01-01,10:11:12,Pay\r").expect("room");
    }
    file
}

async fn import(client: &Client, query: &str, file: String) -> (StatusCode, Value) {
    let request = client.request(Method::POST, &format!("{IMPORT}{query}")).header("Content-Type", "text/csv");
    let answer = client.send(request.body(file)).await;
    (answer.status, answer.json())
}

async fn add_category(root: &Client) {
    let category = json!({ "name": "Pay", "description": "x", "type": "income", "hexColor": "#000000" });
    root.post("/api/management/category/", &category).await.is(StatusCode::ACCEPTED);
}

/// Asks for something on a connection with small buffers.
async fn ask(server: &Server, client: &Client, path: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(16 * 1024).expect("a buffer");
    let mut stream = socket.connect(server.address()).await.expect("a connection");
    let (host, token) = (server.address(), &client.token);
    let head =
        format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Token {token}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.expect("the server reads");
    stream
}

/// Reads an answer as it comes and counts what stands in it, without keeping it.
async fn count(mut stream: TcpStream, word: &str) -> usize {
    let (mut found, mut kept, mut buffer) = (HashSet::new(), Vec::new(), vec![0; 64 * 1024]);
    loop {
        let length = stream.read(&mut buffer).await.expect("the server writes");
        if length == 0 {
            assert!(kept.ends_with(b"\r\n0\r\n\r\n"), "the answer was cut");
            return found.len();
        }
        kept.extend_from_slice(&buffer[..length]);
        // A name may stand across the end of a chunk of the encoding, so names are counted by what follows them.
        let text = String::from_utf8_lossy(&kept).into_owned();
        for rest in text.split(word).skip(1) {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            if rest.len() > digits.len() {
                found.insert(digits);
            }
        }
        kept.drain(..kept.len().saturating_sub(64));
    }
}

async fn a_long_ledger_takes_little_memory(engine: Engine) {
    let home = Home::new(engine).with_root();
    let server = home.start();
    let root = server.root().await;
    add_category(&root).await;
    for number in 0..FILES {
        let (status, told) = import(&root, "", file(number * FILE..(number + 1) * FILE)).await;
        assert_eq!((status, &told["created"]), (StatusCode::ACCEPTED, &json!(FILE)), "{told}");
    }
    let (status, told) = import(&root, "", file(FILE..FILE + 5000)).await;
    assert_eq!((status, &told["known"]), (StatusCode::ACCEPTED, &json!(5000)), "{told}");
    // What importing took is not what is measured.
    server.stop().await;
    let server = home.start();
    let root = root.at(server.address());
    root.get(&format!("{INCOMES}?limit=1000")).await.is(StatusCode::OK);
    let before = server.memory_peak_kib();
    assert!(before.is_some() || !cfg!(target_os = "linux"), "Linux tells the memory of a process");
    let listed = count(ask(&server, &root, INCOMES).await, "\"title\":\"Income ").await;
    let exported = count(ask(&server, &root, EXPORT).await, ",Income ").await;
    assert_eq!((listed, exported), (FILES * FILE, FILES * FILE));
    if let (Some(before), Some(after)) = (before, server.memory_peak_kib()) {
        assert!(after - before < MEMORY_MAX_KIB, "from {before} to {after} KiB for a list that was read as it came");
    }
}

async fn an_import_that_fails_leaves_nothing(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let ann = server.customer("Ann").await;
    add_category(&root).await;
    let faulty = file(0..1500) + "income,x,,y,0,2026-01-01,10:11:12,Pay\r\n";
    let (status, told) = import(&ann, "", faulty).await;
    assert_eq!((status, told["errors"].as_array().map(Vec::len)), (StatusCode::BAD_REQUEST, Some(1)), "{told}");
    assert_eq!(told["errors"][0]["row"], 1502);
    // Nothing is called so, and PostgreSQL does not even take the question.
    let (status, told) = import(&ann, "", file(0..1) + "income,x,x,y,1,2026-01-01,10:11:12,P\0y\r\n").await;
    assert_eq!((status, &told["errors"][0]["row"]), (StatusCode::BAD_REQUEST, &json!(3)), "{told}");
    assert_eq!(ann.get(INCOMES).await.is(StatusCode::OK), json!([]));
    let (status, told) = import(&ann, "?dry_run=true", file(0..1500)).await;
    assert_eq!((status, &told["created"], &told["dry_run"]), (StatusCode::OK, &json!(1500), &json!(true)), "{told}");
    assert_eq!(ann.get(INCOMES).await.is(StatusCode::OK), json!([]));
    // The same file twice at the same time, and once more: each row is there once.
    let (one, other) = tokio::join!(import(&ann, "", file(0..1500)), import(&ann, "", file(0..1500)));
    for (status, told) in [&one, &other] {
        assert_eq!((*status, &told["rows"]), (StatusCode::ACCEPTED, &json!(1500)), "{told}");
    }
    assert_eq!(one.1["created"].as_u64().unwrap() + other.1["created"].as_u64().unwrap(), 1500);
    assert_eq!(import(&ann, "", file(0..1500)).await.1["known"], 1500);
    assert_eq!(ann.get(INCOMES).await.is(StatusCode::OK).as_array().map(Vec::len), Some(1500));
    assert_eq!(root.get(INCOMES).await.is(StatusCode::OK), json!([]));
    let file = ann.get(EXPORT).await;
    assert_eq!(file.text.lines().count(), 1501);
}
