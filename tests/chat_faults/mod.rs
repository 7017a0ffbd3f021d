//! A chat over lines that delay, fall silent in one direction, and break, at random: in the end everybody has heard what
//! the server has stored, all of it, once, in order.

mod line;
mod member;

use crate::support::{Chance, Client, Engine, Home, PATIENCE, SLACK, Server, Socket, setting};
use futures_util::future::join_all;
use line::Line;
use member::{Member, Said, messages};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tokio::task::{LocalSet, spawn_local};
use tokio::time::timeout;

on_both_engines! {
    nobody_misses_anything_however_bad_the_line_is,
    a_client_that_is_cut_off_one_way_is_let_go,
}

/// How many chats there are on each engine, unless `EASE_CHAT_RUNS` says something else; `make torture` does.
const RUNS: u64 = 50;
/// How many chats there are at a time.
const AT_A_TIME: u64 = 10;
/// How often the server asks whether a client is still there, when clients are often gone.
const QUICK_HEARTBEAT: Duration = Duration::from_secs(1);
/// The same where a client that is kept waiting by a busy machine must not be taken for one that is gone.
const HEARTBEAT: Duration = Duration::from_secs(3);
/// How much each member says.
const MESSAGES: usize = 8;
/// What those of a chat are called; the second one is the customer on another device.
const MEMBERS: [&str; 3] = ["customer", "second device", "administrator"];

/// A server that looks often whether its clients are still there.
fn server(engine: Engine, heartbeat: Duration) -> Server {
    let home = Home::new(engine).with_root().with("EASE_RATE_LIMIT", "off");
    home.with("EASE_CHAT_HEARTBEAT_SECONDS", &heartbeat.as_secs().to_string())
        .with("EASE_SOCKETS_PER_USER", "100000")
        .start()
}

/// The seed decides when lines break and how. How far everybody has come by then is up to the machine, so a seed that has
/// found something may have to be tried more than once.
#[expect(clippy::print_stderr, reason = "who wants to see it again needs the seed")]
async fn nobody_misses_anything_however_bad_the_line_is(engine: Engine) {
    let (seed, runs) = (Chance::any_seed(), setting("EASE_CHAT_RUNS").unwrap_or(RUNS));
    eprintln!("{engine:?}: {runs} chats; again with EASE_TORTURE_SEED={seed}");
    let (server, since) = (server(engine, QUICK_HEARTBEAT), Instant::now());
    let root = server.root().await;
    let chats = async |first: u64| {
        let customer = server.customer(&format!("Ann{first}")).await;
        let mut breaks = 0;
        for run in (first..runs).step_by(usize::try_from(AT_A_TIME).expect("few")) {
            breaks += one_chat(&server, &customer, &root, seed.wrapping_add(run)).await;
        }
        breaks
    };
    let all = join_all((0..AT_A_TIME.min(runs)).map(chats));
    let breaks: usize = LocalSet::new().run_until(all).await.into_iter().sum();
    eprintln!("{engine:?}: {runs} chats over lines that broke {breaks} times, in {:?}", since.elapsed());
    assert!(u64::try_from(breaks).expect("few") > runs, "the lines were bad");
}

/// One chat from its beginning to its end; gives how often a line broke.
async fn one_chat(server: &Server, customer: &Client, root: &Client, seed: u64) -> usize {
    let mut chance = Chance::new(seed);
    let opened = customer.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
    let chat = opened["chat_id"].as_str().expect("an id").to_owned();
    let total = MEMBERS.len() * MESSAGES;
    let mut lines = Vec::new();
    let mut members = Vec::new();
    for (name, who) in MEMBERS.into_iter().zip([customer, customer, root]) {
        let line = Line::to(server.address(), chance.fork()).await;
        let address = format!("ws://{}/ws/support/chat/{chat}/?token={}", line.address(), who.token);
        members.push(Member::new(name, address, MESSAGES));
        lines.push(line);
    }
    let talk = join_all(members.iter_mut().map(|member| member.talk_until(total)));
    let talked = timeout(PATIENCE * 10, talk).await;
    assert!(
        talked.is_ok(),
        "seed {seed}: {:?} of {total}",
        members.iter().map(|member| &member.heard).collect::<Vec<_>>()
    );
    let log = log(server, &chat, root).await;
    let texts: BTreeSet<&str> = log.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!((log.len(), texts.len()), (total, total), "seed {seed}: everything is stored once: {log:?}");
    for member in &members {
        assert_eq!(member.heard, log, "seed {seed}: {}", member.name);
    }
    drop(members);
    root.post(&format!("/api/chats/{chat}/close/"), &json!({})).await.is(StatusCode::ACCEPTED);
    lines.iter().map(Line::breaks).sum()
}

/// What was said, as the server knows it.
async fn log(server: &Server, chat: &str, member: &Client) -> Vec<Said> {
    messages(&Value::Array(Socket::join_with(server, chat, member, "&after=0").await.history().await))
}

/// The client hears everything and nothing that it sends arrives, or the other way round: either way the server finds out.
async fn a_client_that_is_cut_off_one_way_is_let_go(engine: Engine) {
    let server = server(engine, HEARTBEAT);
    let (_, ann) = (server.root().await, server.customer("Ann").await);
    let opened = ann.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
    let path = format!("/ws/support/chat/{}/?token={}", opened["chat_id"].as_str().expect("an id"), ann.token);
    let cut = async |silent: line::Direction| {
        let line = Line::that_falls_silent(server.address(), silent).await;
        let mut socket = Socket::open(line.address(), &path).await.expect("the handshake is refused");
        // It says nothing; it answers the pings that it hears.
        let client = spawn_local(async move { while socket.try_frame().await.is_some() {} });
        let kept = timeout(HEARTBEAT * 3, line.is_let_go()).await.is_err();
        assert!(kept, "{silent:?}: the server lets go of a client that answers");
        line.fall_silent();
        let since = Instant::now();
        timeout(PATIENCE, line.is_let_go()).await.expect("the server keeps a client that is gone");
        client.abort();
        since.elapsed()
    };
    LocalSet::new()
        .run_until(async {
            for silent in [line::Direction::Up, line::Direction::Down] {
                let waited = cut(silent).await;
                // After two intervals it is missed, at the next ping; the rest is for a busy machine.
                assert!(waited < HEARTBEAT * 3 + SLACK, "{silent:?}: {waited:?}");
            }
        })
        .await;
}
