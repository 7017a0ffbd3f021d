//! One node after the other is restarted behind a load balancer while everybody goes on working, and nobody notices.

use crate::support::{Client, Engine, Home, KeptAlive, LoadBalancer, Server, Socket, shared_redis};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::sleep;
use tokio_tungstenite::tungstenite::Message;

/// Far longer than the balancer needs to notice, also on a machine that has other things to do.
const DRAIN_SECONDS: &str = "6";

const INCOMES: &str = "/api/management/income/";
const CATEGORIES: &str = "/api/management/category/";

/// The code that tells a client to come back.
const RESTARTING: u16 = 1012;

/// How many clients send requests.
const CLIENTS: usize = 4;

/// Time between two things that one client does.
const PACE: Duration = Duration::from_millis(10);

/// When everybody may stop.
type Stop = Arc<AtomicBool>;

/// One member of a chat, over as many sockets as it takes.
struct Talker {
    balancer: SocketAddr,
    chat: String,
    member: Client,
    socket: Socket,
    /// The messages that were heard, in their order.
    heard: Vec<i64>,
    restarts: usize,
}

impl Talker {
    async fn join(balancer: SocketAddr, chat: &str, member: &Client) -> Self {
        let socket = resume(balancer, chat, member, 0).await;
        let (chat, member) = (chat.to_owned(), member.clone());
        Self { balancer, chat, member, socket, heard: Vec::new(), restarts: 0 }
    }

    /// Says one thing after the other, each when the one before was heard.
    async fn talk(mut self, stop: Stop) -> Self {
        for number in 0.. {
            self.say(&format!("{} {number}", self.member.email)).await;
            if stop.load(Ordering::Relaxed) {
                break;
            }
            sleep(PACE).await;
        }
        self
    }

    /// Says something and waits until it is heard. Who has to come back says it again, under the same name.
    async fn say(&mut self, name: &str) {
        let frame = json!({ "message": name, "client_msg_id": name }).to_string();
        self.socket.try_send(frame.clone()).await;
        let mut is_heard = false;
        while !is_heard {
            match self.hear().await {
                Some(messages) => is_heard = messages.iter().any(|message| message["message"] == name),
                None => {
                    self.socket.try_send(frame.clone()).await;
                }
            }
        }
    }

    /// What comes next, or nothing when the node said goodbye, and the member came back on another one.
    async fn hear(&mut self) -> Option<Vec<Value>> {
        match self.socket.next_where(|frame| frame.is_text() || frame.is_close()).await {
            Message::Text(text) => {
                let messages = match serde_json::from_str(&text).expect("JSON") {
                    Value::Array(history) => history,
                    live => vec![live],
                };
                // A message that was said again is sent again to who said it, and to nobody else.
                let new = messages.iter().map(|message| message["seq"].as_i64().expect("a message"));
                let last = self.heard.last().copied().unwrap_or_default();
                self.heard.extend(new.filter(|seq| *seq > last));
                Some(messages)
            }
            Message::Close(Some(frame)) if u16::from(frame.code) == RESTARTING => {
                self.restarts += 1;
                let last = self.heard.last().copied().unwrap_or_default();
                self.socket = resume(self.balancer, &self.chat, &self.member, last).await;
                None
            }
            other => panic!("the socket was ended without a word: {other:?}"),
        }
    }
}

/// A socket behind what was heard.
async fn resume(balancer: SocketAddr, chat: &str, member: &Client, after: i64) -> Socket {
    let path = format!("/ws/support/chat/{chat}/?token={}&after={after}", member.token);
    Socket::open(balancer, &path).await.expect("the handshake is refused")
}

/// Writes and reads until it is time to stop; gives how much was written. Nothing may go wrong.
async fn work(balancer: SocketAddr, member: Client, income: String, stop: Stop) -> usize {
    let mut client = KeptAlive::new(balancer, &member.token);
    let mut written = 0;
    while !stop.load(Ordering::Relaxed) {
        for (method, path, body) in [("POST", INCOMES, income.as_str()), ("GET", CATEGORIES, "")] {
            let status = client.send(method, path, body).await;
            let status = status.unwrap_or_else(|error| panic!("{method} {path}, number {written}: {error}"));
            assert!((200..300).contains(&status), "{method} {path}, number {written}: {status}");
            sleep(PACE).await;
        }
        written += 1;
    }
    written
}

/// Replaces a node by a new one, as a deployment does.
async fn restart(balancer: &LoadBalancer, home: &Home, mut node: Server) -> Server {
    let stranger = node.stranger();
    node.terminate();
    balancer.takes_out(node.address()).await;
    // It works as before for whoever still comes, and says why nobody should.
    let ready = stranger.get("/readyz").await;
    assert_eq!(ready.is(StatusCode::SERVICE_UNAVAILABLE)["detail"], "This node is being stopped. Others take over.");
    let alive = stranger.get("/livez").await;
    assert_eq!((alive.status, alive.header("connection")), (StatusCode::OK, "close"));
    let status = node.end().await;
    assert!(status.success(), "{status}: {}", node.output());
    balancer.forgets(node.address());
    let new = home.start();
    balancer.takes_in(new.address()).await;
    new
}

mod redis {
    use super::*;

    #[tokio::test]
    async fn a_rolling_restart_under_load_fails_no_request_and_loses_no_message() {
        let prefix = format!("test:rolling:{}:", process::id());
        let home = Home::new(Engine::Postgres).with_root().with("REDIS_URL", &shared_redis());
        let home = home.with("EASE_REDIS_PREFIX", &prefix).with("EASE_DRAIN_SECONDS", DRAIN_SECONDS);
        let home = home.with("EASE_RATE_LIMIT", "off").with("EASE_CHAT_HISTORY_MAX", "100000");
        let balancer = LoadBalancer::start().await;
        let (first, second) = (home.start(), home.start());
        for node in [&first, &second] {
            balancer.takes_in(node.address()).await;
        }
        let (root, ann) = (first.root().await, first.customer("Ann").await);
        let category = json!({ "name": "Salary", "description": "x", "type": "income", "hexColor": "#a1b2c3" });
        let category = root.post(CATEGORIES, &category).await.is(StatusCode::ACCEPTED);
        let income = json!({ "title": "Pay", "description": "x", "amount": "1.00", "category": category["id"],
            "creation_date": "2026-01-31", "creation_time": "12:00:00" });
        let chat = ann.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
        let chat = chat["chat_id"].as_str().expect("an id");

        let stop = Stop::default();
        let workers: Vec<_> = (0..CLIENTS)
            .map(|_| work(balancer.address(), ann.clone(), income.to_string(), Arc::clone(&stop)))
            .map(tokio::spawn)
            .collect();
        let mut talkers = Vec::new();
        for member in [&ann, &root] {
            let talker = Talker::join(balancer.address(), chat, member).await;
            talkers.push(tokio::spawn(talker.talk(Arc::clone(&stop))));
        }
        let first = restart(&balancer, &home, first).await;
        let _second = restart(&balancer, &home, second).await;
        stop.store(true, Ordering::Relaxed);

        let mut written = 0;
        for worker in workers {
            written += worker.await.expect("no request fails");
        }
        let stored = ann.at(first.address()).get(INCOMES).await.is(StatusCode::OK);
        assert_eq!(stored.as_array().map(Vec::len), Some(written), "what was acknowledged is there, once");
        let mut done = Vec::new();
        for talker in talkers {
            done.push(talker.await.expect("no handshake fails"));
        }
        let log = resume(first.address(), chat, &ann, 0).await.history().await.len();
        for mut talker in done {
            while talker.heard.len() < log {
                talker.hear().await;
            }
            let (all, heard) = ((1..).take(log).collect::<Vec<i64>>(), &talker.heard);
            assert_eq!(heard, &all, "{} hears every message once, in order", talker.member.email);
            assert!(talker.restarts > 0, "each socket was on a node that was restarted");
        }
    }
}
