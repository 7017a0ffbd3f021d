//! People who keep books while the database comes and goes, and remember what they were promised.

use crate::support::{Client, PATIENCE, SLACK, Server};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::task::{JoinHandle, spawn_local};
use tokio::time::{sleep, timeout};

const EXPENSES: &str = "/api/management/expense/";
/// How many write at the same time.
const WRITERS: usize = 4;

/// What all of them have seen so far.
#[derive(Default)]
struct Seen {
    is_over: Cell<bool>,
    /// Changes that were acknowledged, by the title that they wrote.
    written: RefCell<Vec<String>>,
    /// Requests that were told that the database is away.
    refused: Cell<usize>,
    alive: Cell<usize>,
}

/// People at work.
pub(super) struct Load {
    seen: Rc<Seen>,
    people: Vec<JoinHandle<()>>,
    /// Whose books they are.
    owner: Client,
    category: [String; 2],
}

impl Load {
    /// Sets people to work, whose requests are answered within this time.
    pub(super) async fn begin(server: &Server, limit: Duration) -> Self {
        let root = server.root().await;
        let food = json!({ "name": "Food", "description": "x", "type": "expense", "hexColor": "#a1b2c3" });
        let food = made(&root, "/api/management/category/", &food).await;
        let groceries = json!({ "name": "Groceries", "description": "x", "hexColor": "#000000", "category": food });
        let groceries = made(&root, "/api/management/subcategory/", &groceries).await;
        let owner = server.customer("Ann").await;
        let (seen, category) = (Rc::new(Seen::default()), [food, groceries]);
        let mut people = Vec::new();
        for writer in 0..WRITERS {
            people.push(spawn_local(write(Rc::clone(&seen), owner.clone(), category.clone(), writer, limit)));
        }
        people.push(spawn_local(look(Rc::clone(&seen), owner.clone(), limit)));
        people.push(spawn_local(ask_whether_it_lives(Rc::clone(&seen), server.stranger())));
        Self { seen, people, owner, category }
    }

    /// Waits until a few changes more are acknowledged; gives how long the first of them took.
    pub(super) async fn goes_on(&self) -> Duration {
        let (since, before) = (Instant::now(), self.seen.written.borrow().len());
        self.wait_until(|seen| seen.written.borrow().len() > before).await;
        let first = since.elapsed();
        self.wait_until(|seen| seen.written.borrow().len() > before + 2 * WRITERS).await;
        first
    }

    /// Waits until a few more requests are told that the database is away, and it is seen that the server lives.
    pub(super) async fn is_refused(&self) {
        let (refused, alive) = (self.seen.refused.get(), self.seen.alive.get());
        self.wait_until(|seen| seen.refused.get() > refused + 2 * WRITERS && seen.alive.get() > alive + 2).await;
    }

    async fn wait_until(&self, is_so: impl Fn(&Seen) -> bool) {
        let waiting = async {
            while !is_so(&self.seen) {
                assert!(!self.people.iter().any(JoinHandle::is_finished), "somebody was answered otherwise: see above");
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(PATIENCE, waiting).await.expect("it takes for ever");
    }

    /// Sends everybody home, and holds the books against what was promised; gives how many changes that were.
    pub(super) async fn end(self) -> usize {
        self.seen.is_over.set(true);
        for person in self.people {
            timeout(PATIENCE, person).await.expect("no answer").expect("somebody was answered otherwise");
        }
        let rows = self.owner.get(EXPENSES).await.is(StatusCode::OK);
        let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for row in rows.as_array().expect("a list") {
            found.entry(row["title"].as_str().expect("text").to_owned()).or_default().push(row.clone());
        }
        let written = self.seen.written.borrow();
        for title in &*written {
            let copies = found.remove(title).unwrap_or_else(|| panic!("{title} was acknowledged and is lost"));
            assert_eq!(copies.len(), 1, "it is there more than once: {copies:?}");
            let mut whole = body(title, &self.category);
            whole["id"] = copies[0]["id"].clone();
            whole["user"] = json!(self.owner.id);
            assert_eq!(copies[0], whole, "it is half applied");
        }
        // Every writer goes on until its change is acknowledged.
        assert!(found.is_empty(), "nobody was told of these: {found:?}");
        written.len()
    }
}

async fn made(staff: &Client, path: &str, body: &Value) -> String {
    staff.post(path, body).await.is(StatusCode::ACCEPTED)["id"].as_str().expect("an id").to_owned()
}

fn body(title: &str, category: &[String; 2]) -> Value {
    json!({
        "title": title, "description": "x", "amount": "12.50", "creation_date": "2026-03-01",
        "creation_time": "08:15:00", "category": category[0], "subcategory": category[1],
    })
}

/// Writes one thing after the other, each again and again under the same key until it is acknowledged.
async fn write(seen: Rc<Seen>, client: Client, category: [String; 2], writer: usize, limit: Duration) {
    for number in 0.. {
        let title = format!("{writer}-{number}");
        loop {
            let request = client.request(Method::POST, EXPENSES).header("Idempotency-Key", &title);
            let request = request.json(&body(&title, &category));
            if is_done(&seen, &client, request, StatusCode::ACCEPTED, limit).await {
                seen.written.borrow_mut().push(title);
                break;
            }
        }
        if seen.is_over.get() {
            return;
        }
    }
}

/// Reads again and again.
async fn look(seen: Rc<Seen>, client: Client, limit: Duration) {
    while !seen.is_over.get() {
        let list = client.request(Method::GET, "/api/management/category/");
        is_done(&seen, &client, list, StatusCode::OK, limit).await;
        sleep(Duration::from_millis(5)).await;
    }
}

/// Whether a request is done. If not, it must have been told in time, and as is promised, that it is to be sent again.
async fn is_done(
    seen: &Seen,
    client: &Client,
    request: reqwest::RequestBuilder,
    done: StatusCode,
    limit: Duration,
) -> bool {
    let since = Instant::now();
    let answer = client.send(request).await;
    assert!(since.elapsed() < limit + SLACK, "it took {:?}: {answer:?}", since.elapsed());
    if answer.status == done {
        return true;
    }
    // What was given up by its client may be running yet.
    let code =
        if answer.status == StatusCode::CONFLICT { "idempotency.still_running" } else { answer.header("x-error-code") };
    assert!([StatusCode::SERVICE_UNAVAILABLE, StatusCode::CONFLICT].contains(&answer.status), "{answer:?}");
    assert!(["store.unavailable", "api.too_slow", "idempotency.still_running"].contains(&code), "{answer:?}");
    assert!(answer.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0), "{answer:?}");
    assert!(answer.json()["detail"].is_string(), "{answer:?}");
    seen.refused.set(seen.refused.get() + usize::from(answer.status == StatusCode::SERVICE_UNAVAILABLE));
    sleep(Duration::from_millis(20)).await;
    false
}

async fn ask_whether_it_lives(seen: Rc<Seen>, stranger: Client) {
    while !seen.is_over.get() {
        stranger.get("/livez").await.is(StatusCode::OK);
        seen.alive.set(seen.alive.get() + 1);
        sleep(Duration::from_millis(50)).await;
    }
}
