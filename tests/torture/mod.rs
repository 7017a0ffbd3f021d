//! A server that is killed in the middle of its work, again and again: what it has answered is there exactly once.

mod speaker;
mod writer;

use crate::support::{Chance, Client, Engine, Home, Server, setting};
use futures_util::future::join_all;
use reqwest::StatusCode;
use serde_json::{Value, json};
use speaker::Speaker;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::sleep;
use writer::Writer;

on_both_engines! {
    what_was_answered_is_there_once_however_often_the_server_is_killed,
}

/// How often the server is killed, unless `EASE_TORTURE_CYCLES` says something else; `scripts/torture` does.
const CYCLES: u64 = 10;
/// Within this time after the work has begun the server is killed.
const KILLED_WITHIN_MS: u64 = 400;

/// All who work on the server.
struct Crew {
    writers: Vec<Writer>,
    root: Speaker,
    ann: Speaker,
    chat: String,
    /// Up to here the chat was compared already.
    compared: usize,
}

impl Crew {
    async fn hire(server: &Server, chance: &mut Chance) -> Self {
        let root = server.root().await;
        let category = json!({ "name": "Food", "description": "x", "type": "expense", "hexColor": "#a1b2c3" });
        let category = made(&root, "/api/management/category/", &category).await;
        let groceries = json!({ "name": "Groceries", "description": "x", "hexColor": "#000000", "category": category });
        let subcategory = made(&root, "/api/management/subcategory/", &groceries).await;
        let mut writers = Vec::new();
        for name in ["Bob", "Kim", "Lou"] {
            writers.push(Writer::new(server.customer(name).await, [&category, &subcategory], chance.fork()));
        }
        let ann = server.customer("Ann").await;
        let chat = open_chat(&ann).await;
        let root = Speaker::join("root", server, &chat, root, chance.fork()).await;
        let ann = Speaker::join("ann", server, &chat, ann, chance.fork()).await;
        Self { writers, root, ann, chat, compared: 0 }
    }

    /// Works until the server is killed in the middle of it.
    async fn work(&mut self, server: Server, killed_after: Duration) {
        let is_killed = Cell::new(false);
        let writers = join_all(self.writers.iter_mut().map(|writer| writer.work(&is_killed)));
        let kill = async {
            sleep(killed_after).await;
            is_killed.set(true);
            server.cut_off();
        };
        tokio::join!(writers, self.root.talk(&is_killed), self.ann.talk(&is_killed), kill);
    }

    async fn come_back(&mut self, server: &Server) {
        for writer in &mut self.writers {
            writer.come_back(server).await;
        }
        self.root.come_back(server, &self.chat).await;
        self.ann.come_back(server, &self.chat).await;
    }

    /// How many steps were answered.
    fn answered(&self) -> u32 {
        self.writers.iter().map(|writer| writer.answered).sum()
    }

    /// Holds what the server has against what it has promised.
    async fn check(&mut self, server: &Server) {
        for writer in &self.writers {
            writer.check().await;
        }
        // The last one to come back has heard all there is.
        let last = self.ann.heard.len();
        self.root.hears_up_to(last).await;
        assert_eq!(self.root.heard, self.ann.heard, "both hear the same");
        let log = self.ann.log(server, &self.chat, self.compared, last).await;
        assert_eq!(log, self.ann.heard[self.compared..], "who comes now is told the same");
        let texts: BTreeSet<&str> = self.ann.heard.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts.len(), last, "nothing is told twice");
        self.compared = last;
    }
}

/// The id of what was made.
async fn made(staff: &Client, path: &str, body: &Value) -> String {
    let answer = staff.post(path, body).await.is(StatusCode::ACCEPTED);
    answer["id"].as_str().expect("an id").to_owned()
}

async fn open_chat(customer: &Client) -> String {
    let opened = customer.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
    opened["chat_id"].as_str().expect("an id").to_owned()
}

/// The seed decides who does what and when the server is killed. How far everybody has come by then is up to the
/// machine, so a seed that has found something may have to be tried more than once.
#[expect(clippy::print_stderr, reason = "who wants to see it again needs the seed")]
async fn what_was_answered_is_there_once_however_often_the_server_is_killed(engine: Engine) {
    let seed = Chance::any_seed();
    let cycles = setting("EASE_TORTURE_CYCLES").unwrap_or(CYCLES);
    eprintln!("{engine:?}: {cycles} cycles; again with EASE_TORTURE_SEED={seed}");
    let mut chance = Chance::new(seed);
    let home = Home::new(engine).with_root().with("EASE_RATE_LIMIT", "off");
    let mut server = home.start();
    let mut crew = Crew::hire(&server, &mut chance).await;
    let mut cycle = 0;
    // On a slow machine it takes more of them until the server was at work often enough.
    while cycle < cycles || u64::from(crew.answered()) <= cycles {
        cycle += 1;
        assert!(cycle < cycles * 10, "the server is killed before it answers anybody");
        let killed_after = Duration::from_millis(chance.below(KILLED_WITHIN_MS));
        crew.work(server, killed_after).await;
        server = home.start();
        crew.come_back(&server).await;
        crew.check(&server).await;
        if cycle % 50 == 0 {
            eprintln!("{engine:?}: {cycle} of {cycles} cycles");
        }
    }
    let (answered, heard) = (crew.answered(), crew.compared);
    eprintln!("{engine:?}: {answered} steps answered and {heard} messages heard, each there once");
}
