//! A database that goes away while people work, in every way that databases do, and comes back: everybody is answered,
//! nothing that was acknowledged is lost, and nobody has to start the server again.

mod load;

use crate::support::{Engine, Home, PostgresServer, SLACK, Server, Socket};
use load::Load;
use reqwest::StatusCode;
use serde_json::json;
use std::fs;
use std::time::{Duration, Instant};
use tokio::task::LocalSet;
use tokio::time::{sleep, timeout};

/// How long a request may take on these servers.
const REQUEST_LIMIT: Duration = Duration::from_secs(2);
/// Within this time a server says that it cannot work.
const RED_WITHIN: Duration = Duration::from_secs(2);
/// Within this time after the database is back, people can work again.
const BACK_WITHIN: Duration = Duration::from_secs(5);

fn careful(home: Home) -> Home {
    home.with_root().with("EASE_RATE_LIMIT", "off").with("EASE_REQUEST_TIMEOUT_SECONDS", "2")
}

/// Insists that the server says in time that it cannot work, and why.
async fn is_red(server: &Server, reasons: &[&str]) {
    let since = Instant::now();
    let answer = server.stranger().get("/readyz").await;
    assert!(since.elapsed() < RED_WITHIN + SLACK, "it took {:?}", since.elapsed());
    let detail = answer.is(StatusCode::SERVICE_UNAVAILABLE)["detail"].as_str().expect("a sentence").to_owned();
    let sentences = reasons.iter().map(|reason| format!("The storage is not available: {reason}."));
    assert!(sentences.into_iter().any(|sentence| sentence == detail), "{detail}");
    assert_eq!(answer.header("retry-after"), "1");
}

/// Waits until the server says that it can work.
async fn is_green(server: &Server) {
    let stranger = server.stranger();
    let asking = async {
        while !stranger.get("/readyz").await.status.is_success() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(BACK_WITHIN + SLACK, asking).await.expect("the database is back, and the server does not see it");
}

/// How a PostgreSQL goes away.
#[derive(Debug, Clone, Copy)]
enum Outage {
    Restart,
    Crash,
    Refusal,
    Standstill,
}

impl Outage {
    async fn begin(self, database: &PostgresServer) {
        match self {
            Self::Restart => database.stop("fast").await,
            Self::Crash => database.stop("immediate").await,
            Self::Refusal => database.refuse(true),
            Self::Standstill => database.freeze(),
        }
    }

    async fn end(self, database: &PostgresServer) {
        match self {
            Self::Restart | Self::Crash => database.bring_back().await,
            Self::Refusal => database.refuse(false),
            Self::Standstill => database.thaw(),
        }
    }

    fn reasons(self) -> &'static [&'static str] {
        match self {
            Self::Restart | Self::Crash | Self::Refusal => &["it cannot be reached"],
            // It depends on the moment: the load holds every connection, and whoever waits for one loses patience later.
            Self::Standstill => &["it does not answer", "all connections to it are busy"],
        }
    }
}

async fn is_survived(outage: Outage) {
    let database = PostgresServer::start();
    let server = careful(Home::on(database.url())).start();
    let load = Load::begin(&server, REQUEST_LIMIT).await;
    for _ in 0..2 {
        load.goes_on().await;
        outage.begin(&database).await;
        is_red(&server, outage.reasons()).await;
        load.is_refused().await;
        is_red(&server, outage.reasons()).await;
        outage.end(&database).await;
        let waited = load.goes_on().await;
        assert!(waited < BACK_WITHIN + SLACK, "{outage:?}: the first change took {waited:?}");
        is_green(&server).await;
    }
    assert!(load.end().await > 0);
}

mod postgres {
    use super::*;

    #[tokio::test]
    async fn a_restart_is_survived() {
        LocalSet::new().run_until(is_survived(Outage::Restart)).await;
    }

    #[tokio::test]
    async fn a_crash_is_survived() {
        LocalSet::new().run_until(is_survived(Outage::Crash)).await;
    }

    #[tokio::test]
    async fn a_refusal_of_all_connections_is_survived() {
        LocalSet::new().run_until(is_survived(Outage::Refusal)).await;
    }

    #[tokio::test]
    async fn a_standstill_is_survived() {
        LocalSet::new().run_until(is_survived(Outage::Standstill)).await;
    }

    /// Whoever asked was told that it takes too long. It is done all the same, and then everybody has to hear of it.
    #[tokio::test]
    async fn what_is_done_too_late_for_its_client_is_told_to_open_sockets() {
        let database = PostgresServer::start();
        let server = careful(Home::on(database.url())).start();
        let (root, ann) = (server.root().await, server.customer("Ann").await);
        let opened = ann.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
        let chat = opened["chat_id"].as_str().expect("an id");
        let mut socket = Socket::join(&server, chat, &ann).await;
        let mut other = Socket::join(&server, chat, &root).await;

        database.freeze();
        socket.say("Is anybody there?").await;
        assert_eq!(socket.error_code().await, "api.too_slow");
        database.thaw();
        socket.hears("Is anybody there?").await;
        other.hears("Is anybody there?").await;

        database.freeze();
        let block = format!("/api/superadmin/user/block/{}/", ann.id);
        let answer = root.put(&block, &json!({ "is_active": false })).await;
        assert_eq!(
            answer.is(StatusCode::SERVICE_UNAVAILABLE)["detail"],
            "The request took too long. Try again in a moment."
        );
        database.thaw();
        assert_eq!(socket.closed().await, 4001, "the session has ended");
    }
}

mod sqlite {
    use super::*;

    #[tokio::test]
    async fn a_full_disk_is_survived() {
        LocalSet::new().run_until(a_full_disk()).await;
    }

    async fn a_full_disk() {
        let home = careful(Home::new(Engine::Sqlite)).with_room_to_lose();
        let server = home.start();
        let load = Load::begin(&server, REQUEST_LIMIT).await;
        let ann = server.login("ann@example.org").await;
        for _ in 0..2 {
            load.goes_on().await;
            // No byte can be written, for which the system has another word than for a full disk. The length of SQLite's log would
            // be no limit to rely on: a change may be half written, and a log that begins anew keeps its length.
            server.keep_files_below(Some(0));
            load.is_refused().await;
            is_red(&server, &["its disk fails"]).await;
            // What is there can be read.
            ann.get("/api/management/expense/").await.is(StatusCode::OK);
            server.keep_files_below(None);
            let waited = load.goes_on().await;
            assert!(waited < BACK_WITHIN + SLACK, "the first change took {waited:?}");
            is_green(&server).await;
        }
        assert!(load.end().await > 0);
    }

    /// What the log of SQLite takes for one page.
    const FRAME: u64 = 4096 + 24;

    #[tokio::test]
    async fn a_disk_that_has_room_for_small_changes_only_is_told_of() {
        let home = careful(Home::new(Engine::Sqlite)).with_room_to_lose();
        let log_file = home.sqlite_file().with_extension("db-wal");
        let server = home.start();
        let root = server.root().await;
        let category = json!({ "name": "Food", "description": "x", "type": "expense", "hexColor": "#a1b2c3" });
        // A category takes four pages, and the change that readiness tries takes one.
        let length = fs::metadata(&log_file).expect("the log of SQLite").len();
        server.keep_files_below(Some(length + 3 * FRAME + FRAME / 2));
        for _ in 0..2 {
            let refused = root.post("/api/management/category/", &category).await;
            assert_eq!(refused.header("x-error-code"), "store.unavailable", "{refused:?}");
            is_red(&server, &["its disk fails"]).await;
        }
        // Nobody was refused anything since then.
        server.stranger().get("/readyz").await.is(StatusCode::OK);
        server.keep_files_below(None);
        root.post("/api/management/category/", &category).await.is(StatusCode::ACCEPTED);
        is_green(&server).await;
    }
}
