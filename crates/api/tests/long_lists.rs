//! Lists that are longer than what is read at a time.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use crate::support::{Account, TestApp};
use chat::{Chat, ChatId};
use kernel::chrono::NaiveDate;
use kernel::{CategoryId, Money, Raw, StoreError, Text, UserId, Uuid};
use ledger::{Entry, EntryId, Side};
use memory::MemoryStore;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use store::{PoolLoad, Store, Tx, Verdict};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use users::{Email, Role, UserDetails};

const INCOMES: &str = "/api/management/income/";

/// So many rows that they do not fit into the buffers between the server and a client, in fourteen chunks.
const MANY: u128 = 14_000;

/// A store that counts what it is asked, and may be told to answer no more.
#[derive(Default)]
struct Counting {
    store: MemoryStore,
    reads: AtomicU32,
    /// Reads that still succeed, once there is a limit.
    left: AtomicU32,
    is_limited: std::sync::atomic::AtomicBool,
}

impl Counting {
    /// From now on, so many reads succeed.
    fn limit(&self, reads: u32) {
        self.left.store(reads, Ordering::SeqCst);
        self.is_limited.store(true, Ordering::SeqCst);
    }
}

impl Store for Counting {
    fn run_read(&self, work: &mut dyn FnMut(&mut dyn Tx)) -> Result<(), StoreError> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        let one_less = |left: u32| left.checked_sub(1);
        if self.is_limited.load(Ordering::SeqCst)
            && self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_err()
        {
            return Err(StoreError::unavailable("the database went away"));
        }
        self.store.run_read(work)
    }

    fn run_write(&self, work: &mut dyn FnMut(&mut dyn Tx) -> Verdict) -> Result<(), StoreError> {
        self.store.run_write(work)
    }

    fn check(&self) -> Result<(), StoreError> {
        self.store.check()
    }

    fn pools(&self) -> Vec<PoolLoad> {
        self.store.pools()
    }
}

struct World {
    app: TestApp,
    store: Arc<Counting>,
    ann: Account,
}

impl World {
    /// A server where Ann has so many incomes.
    fn with_incomes(count: u128) -> Self {
        let store = Arc::new(Counting::default());
        let mut state = crate::support::state();
        state.store = Arc::<Counting>::clone(&store);
        let app = TestApp::over(state);
        let ann = app.account("ann", Role::User);
        let world = Self { app, store, ann };
        world.fill(count);
        world
    }

    fn fill(&self, count: u128) {
        let filled: Result<(), StoreError> = self.app.store().write(|tx| {
            let text = |text: &str| Text::parse(&Raw::Text(text.to_owned())).unwrap();
            tx.insert_category(&categories::Category {
                id: CategoryId(Uuid::nil()),
                name: text("Pay"),
                description: text("x"),
                kind: Text::stored("income".to_owned()),
                hex_color: Text::stored("#fff".to_owned()),
            })?;
            (1..=count).try_for_each(|number| tx.insert_entry(&income(self.ann.id, number)).map(drop))
        });
        filled.unwrap();
    }

    async fn list(&self) -> crate::support::Reply {
        self.app.call("GET", INCOMES, &self.ann).await
    }

    fn reads(&self) -> u32 {
        self.store.reads.load(Ordering::SeqCst)
    }

    fn metrics(&self) -> String {
        self.app.state.expose_metrics().unwrap()
    }

    /// Waits until the metrics say so.
    async fn until_metrics_say(&self, line: &str) {
        let said = tokio::time::timeout(Duration::from_secs(60), async {
            while !self.metrics().lines().any(|found| found == line) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        said.await.unwrap_or_else(|_| panic!("not {line}:\n{}", self.metrics()));
    }

    /// Asks for the list on a connection whose buffers are small, and reads nothing of it yet.
    async fn ask_slowly(&self) -> TcpStream {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let mut stream = socket.connect(self.app.address.parse().unwrap()).await.unwrap();
        let head = format!(
            "GET {INCOMES} HTTP/1.1\r\nHost: {}\r\nAuthorization: Token {}\r\nConnection: close\r\n\r\n",
            self.app.address, self.ann.token
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream
    }
}

fn income(owner: UserId, number: u128) -> Entry {
    Entry {
        id: EntryId(Uuid::from_u128(number)),
        side: Side::Income,
        owner,
        title: Text::stored(format!("income {number}")),
        description: Text::stored("猫".repeat(100)),
        amount: Money::from_minor(1250),
        creation_date: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        creation_time: kernel::chrono::NaiveTime::MIN,
        category: CategoryId(Uuid::nil()),
        subcategory: None,
    }
}

fn names(rows: &Value) -> Vec<String> {
    rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

fn expected(count: u128) -> Vec<String> {
    (1..=count).map(|number| Uuid::from_u128(number).to_string()).collect()
}

#[actix_web::test]
async fn a_list_of_any_length_is_one_array_in_order() {
    for count in [0, 1, 999, 1000, 1001, 2000, 2001, 3500] {
        let world = World::with_incomes(count);
        let reply = world.list().await;
        assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"));
        assert_eq!(names(&reply.json()), expected(count));
        let is_ready = count <= 1000;
        assert_eq!(!reply.header("content-length").is_empty(), is_ready, "{count}");
        assert_eq!(reply.header("transfer-encoding") == "chunked", !is_ready, "{count}");
        // One read for what fits; one more for each chunk of what does not.
        let chunks = u32::try_from(count.div_ceil(1000)).unwrap();
        assert_eq!(world.reads(), if is_ready { 1 } else { 1 + chunks }, "{count}");
    }
}

#[actix_web::test]
async fn a_long_list_of_chats_is_sent_in_chunks_too() {
    let app = TestApp::start();
    let bob = app.account("bob", Role::Staff);
    let filled: Result<(), users::UserError> = app.store().write(|tx| {
        (1..=1001).try_for_each(|number| {
            let email = Email::parse(&Raw::Text(format!("customer{number}@example.org"))).unwrap();
            let customer =
                tx.insert_user(&UserDetails::active(email, String::new(), crate::support::start_of_test()))?.id;
            let id = ChatId(Uuid::from_u128(number));
            Ok(tx.insert_chat(&Chat { id, customer, admin: bob.id, created_at: crate::support::start_of_test() })?)
        })
    });
    filled.unwrap();
    let reply = app.call("GET", "/api/chats/chat/", &bob).await;
    assert_eq!((reply.status, reply.header("transfer-encoding")), (200, "chunked"));
    assert_eq!(names(&reply.json()), expected(1001));
}

#[actix_web::test]
async fn a_database_that_goes_away_cuts_the_answer() {
    let world = World::with_incomes(3500);
    world.store.limit(3);
    let request = world.app.request("GET", INCOMES).bearer_auth(&world.ann.token);
    let mut response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    let mut body = Vec::new();
    let end = loop {
        match response.chunk().await {
            Ok(Some(bytes)) => body.extend_from_slice(&bytes),
            Ok(None) => panic!("the client takes a part for the whole"),
            Err(error) => break error,
        }
    };
    assert!(end.is_body() || end.is_decode(), "{end:?}");
    let body = String::from_utf8(body).unwrap();
    assert!(serde_json::from_str::<Value>(&body).is_err(), "a shorter list that looks whole");
    assert!(body.contains("income 2000") && !body.contains("income 2001"));
    world.until_metrics_say("ease_streams_total{end=\"cut\"} 1").await;
    world.until_metrics_say("ease_http_requests_in_flight 0").await;
}

#[actix_web::test]
async fn who_is_logged_out_meanwhile_gets_no_more() {
    let world = World::with_incomes(MANY);
    let mut stream = world.ask_slowly().await;
    let mut some = vec![0; 64];
    stream.read_exact(&mut some).await.unwrap();
    world.app.log_out(&world.ann);
    let mut rest = String::new();
    stream.read_to_string(&mut rest).await.unwrap();
    assert!(!rest.ends_with("\r\n0\r\n\r\n"), "the whole list was sent");
    world.until_metrics_say("ease_streams_total{end=\"cut\"} 1").await;
}

#[actix_web::test]
async fn what_a_client_does_not_take_is_not_read() {
    let world = World::with_incomes(MANY);
    let mut stream = world.ask_slowly().await;
    let mut some = vec![0; 64];
    stream.read_exact(&mut some).await.unwrap();
    // The rest fills the buffers of the system, and then waits for the client: nothing is read any more.
    // Whoever looks too early sees less than there will be, which proves less, and fails nothing.
    let mut before = 0;
    while before != world.reads() {
        before = world.reads();
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    assert!(before < 11, "{before} of 15 reads, and the client took 64 bytes");
    assert!(world.metrics().contains("ease_http_requests_in_flight 1"));
    let mut rest = String::new();
    stream.read_to_string(&mut rest).await.unwrap();
    assert!(rest.contains("income 14000") && rest.ends_with("\r\n0\r\n\r\n"));
    assert_eq!(world.reads(), 15);
    world.until_metrics_say("ease_streams_total{end=\"complete\"} 1").await;
}

#[actix_web::test]
async fn a_client_that_goes_away_is_noticed() {
    let world = World::with_incomes(MANY);
    let mut stream = world.ask_slowly().await;
    let mut some = vec![0; 64];
    stream.read_exact(&mut some).await.unwrap();
    drop(stream);
    world.until_metrics_say("ease_streams_total{end=\"abandoned\"} 1").await;
    world.until_metrics_say("ease_http_requests_in_flight 0").await;
}

#[actix_web::test]
async fn the_head_of_a_long_list_costs_no_more_than_its_beginning() {
    let world = World::with_incomes(3500);
    let reply = world.app.call("HEAD", INCOMES, &world.ann).await;
    assert_eq!((reply.status, reply.header("content-length")), (200, ""));
    assert_eq!(world.reads(), 1);
}
