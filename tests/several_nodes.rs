//! Two nodes on one PostgreSQL and one Redis: who is on one hears what happens on the other, whatever becomes of Redis.

use crate::support::{Client, Engine, Home, PASSWORD, PATIENCE, RedisServer, Server, Socket, shared_redis};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;

/// Within this time, also on a busy machine, the end of a session is known on every node. Whoever does not hear of it finds out
/// by a heartbeat, after 25 seconds.
const SOON: Duration = Duration::from_secs(10);

/// How many messages are said at a time.
const MESSAGES: usize = 10;

/// The code when the session of the socket's token has ended.
const SESSION_ENDED: u16 = 4001;
/// The code when the chat was closed.
const CHAT_CLOSED: u16 = 4005;

/// Two nodes; on one of them the customer, on the other one the administrator.
struct Two {
    here: Server,
    there: Server,
    /// The superuser, who answers; logged in there.
    root: Client,
    /// The customer; logged in here.
    ann: Client,
    chat: String,
    _home: Home,
}

impl Two {
    async fn open(redis_url: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let prefix = format!("test:{}:{}:", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let home = Home::new(Engine::Postgres).with_root();
        let home = home.with("REDIS_URL", redis_url).with("EASE_REDIS_PREFIX", &prefix);
        let (here, there) = (home.start(), home.start());
        let (root, ann) = (there.root().await, here.customer("Ann").await);
        let chat = open_chat(&ann).await;
        let two = Self { here, there, root, ann, chat, _home: home };
        two.are_ready(true).await;
        two
    }

    /// Waits until both nodes call themselves ready, or not; gives the reason of one.
    async fn are_ready(&self, wanted: bool) -> String {
        is_ready(&self.here, wanted).await;
        is_ready(&self.there, wanted).await
    }

    /// A new stream for the customer and for the administrator, each on its own node.
    async fn join_both(&self) -> (Stream, Stream) {
        (Stream::join(&self.here, &self.chat, &self.ann).await, Stream::join(&self.there, &self.chat, &self.root).await)
    }

    /// What was said, as the store knows it.
    async fn log(&self) -> Vec<Said> {
        let mut socket = Socket::join_with(&self.there, &self.chat, &self.root, "&after=0").await;
        socket.history().await.iter().map(said).collect()
    }
}

async fn open_chat(customer: &Client) -> String {
    let opened = customer.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
    opened["chat_id"].as_str().expect("an id").to_owned()
}

/// Waits until a node calls itself ready, or not; gives the reason.
async fn is_ready(server: &Server, wanted: bool) -> String {
    let stranger = server.stranger();
    let asking = async {
        loop {
            let answer = stranger.get("/readyz").await;
            if answer.status.is_success() == wanted {
                return answer.json()["detail"].as_str().unwrap_or_default().to_owned();
            }
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, asking).await.unwrap_or_else(|_| panic!("ready = {wanted} never came:\n{}", server.output()))
}

/// The place of a message and what it says.
type Said = (i64, String);

fn said(message: &Value) -> Said {
    (message["seq"].as_i64().expect("a number"), message["message"].as_str().expect("text").to_owned())
}

/// What one member has heard since it came, over one socket or several.
struct Stream {
    socket: Socket,
    heard: Vec<Said>,
}

impl Stream {
    async fn join(server: &Server, chat: &str, member: &Client) -> Self {
        Self { socket: Socket::join_with(server, chat, member, "&after=0").await, heard: Vec::new() }
    }

    /// Comes back on another node, behind what was heard.
    async fn resume(self, server: &Server, chat: &str, member: &Client) -> Self {
        let after = format!("&after={}", self.heard.last().map_or(0, |(seq, _)| *seq));
        Self { socket: Socket::join_with(server, chat, member, &after).await, heard: self.heard }
    }

    async fn say(&mut self, message: &str) {
        self.socket.say(message).await;
    }

    /// Says something under a name, so that saying it again is not another message.
    async fn say_as(&mut self, name: &str) {
        self.socket.send(json!({ "message": name, "client_msg_id": name }).to_string()).await;
    }

    /// Listens until this was heard. A frame of history may tell what was said after it, too.
    async fn hears(&mut self, message: &str) {
        while !self.heard.iter().any(|(_, said)| said == message) {
            self.listen().await;
        }
    }

    /// Listens until this many messages were heard.
    async fn hears_so_many(&mut self, count: usize) {
        while self.heard.len() < count {
            self.listen().await;
        }
    }

    /// Listens to one frame.
    async fn listen(&mut self) {
        match self.socket.frame().await {
            Value::Array(history) => self.heard.extend(history.iter().map(said)),
            live => self.heard.push(said(&live)),
        }
    }
}

/// Each of the two says half of some messages, and hears its own; whether the other one does is not waited for.
async fn say_in_turn(ann: &mut Stream, root: &mut Stream, what: &str) {
    for number in 0..MESSAGES / 2 {
        for (who, stream) in [("ann", &mut *ann), ("root", &mut *root)] {
            let message = format!("{what}: {who} {number}");
            stream.say(&message).await;
            stream.hears(&message).await;
        }
    }
}

/// Somebody with a login here and a socket there: what is done here ends the socket there, and soon.
async fn is_thrown_out(two: &Two, name: &str, code: u16, done: impl AsyncFnOnce(&Client, &Client, &str)) {
    let member = two.here.customer(name).await;
    let chat = open_chat(&member).await;
    let mut socket = Socket::join(&two.there, &chat, &member).await;
    let root = two.root.at(two.here.address());
    done(&root, &member, &chat).await;
    let since = Instant::now();
    assert_eq!(socket.closed().await, code, "{name}");
    assert!(since.elapsed() < SOON, "{name}: {:?}", since.elapsed());
}

mod redis {
    use super::*;

    #[tokio::test]
    async fn two_on_different_nodes_talk() {
        let two = Two::open(&shared_redis()).await;
        let (mut ann, mut root) = two.join_both().await;
        for round in 0..20 {
            ann.say(&format!("question {round}")).await;
            root.hears(&format!("question {round}")).await;
            root.say(&format!("answer {round}")).await;
            ann.hears(&format!("answer {round}")).await;
        }
        root.hears("answer 19").await;
        let log = two.log().await;
        assert_eq!((log.len(), &ann.heard, &root.heard), (40, &log, &log));
    }

    #[tokio::test]
    async fn whoever_is_revoked_on_one_node_is_thrown_out_on_the_other() {
        let two = Two::open(&shared_redis()).await;
        is_thrown_out(&two, "Lou", SESSION_ENDED, async |_, lou, _| {
            lou.get("/api/users/logout/").await.is(StatusCode::OK);
        })
        .await;
        is_thrown_out(&two, "Bob", SESSION_ENDED, async |root, bob, _| {
            let block = format!("/api/superadmin/user/block/{}/", bob.id);
            root.put(&block, &json!({ "is_active": false })).await.is(StatusCode::ACCEPTED);
        })
        .await;
        is_thrown_out(&two, "Pat", SESSION_ENDED, async |root, pat, _| {
            let user = format!("/api/superadmin/user/{}/", pat.id);
            root.put(&user, &json!({ "is_staff": true })).await.is(StatusCode::OK);
        })
        .await;
        let stranger = two.here.stranger();
        is_thrown_out(&two, "Kim", SESSION_ENDED, async |_, kim, _| {
            let other_login = stranger.login(&kim.email, PASSWORD).await;
            let change = json!({ "current_password": PASSWORD, "new_password": "another good one" });
            other_login.put("/api/users/changepwd/", &change).await.is(StatusCode::OK);
        })
        .await;
        is_thrown_out(&two, "Cas", CHAT_CLOSED, async |root, _, chat| {
            root.post(&format!("/api/chats/{chat}/close/"), &json!({})).await.is(StatusCode::ACCEPTED);
        })
        .await;
    }

    #[tokio::test]
    async fn a_conversation_survives_a_redis_that_dies_and_comes_back() {
        let mut redis = RedisServer::start();
        let two = Two::open(&redis.url()).await;
        let (mut ann, mut root) = two.join_both().await;
        let mut beside_ann = Stream::join(&two.here, &two.chat, &two.ann).await;
        for round in 0..2 {
            say_in_turn(&mut ann, &mut root, &format!("before {round}")).await;
            redis.kill();
            let reason = two.are_ready(false).await;
            assert!(reason.contains("cut off") && reason.contains("Redis"), "{reason}");
            // The rest goes on: requests, and the chat inside of a node.
            two.root.get("/api/chats/chat/").await.is(StatusCode::OK);
            say_in_turn(&mut ann, &mut root, &format!("meanwhile {round}")).await;
            beside_ann.hears(&format!("meanwhile {round}: ann {}", MESSAGES / 2 - 1)).await;
            redis.bring_back();
            two.are_ready(true).await;
        }
        root.say("and that is all").await;
        // What is heard is stored, and what is only said may not be yet.
        root.hears("and that is all").await;
        let log = two.log().await;
        for stream in [&mut ann, &mut root, &mut beside_ann] {
            stream.hears("and that is all").await;
            assert_eq!(stream.heard, log, "nothing is lost, doubled or out of order");
        }
        assert_eq!(log.len(), 4 * MESSAGES + 1);
    }

    #[tokio::test]
    async fn what_was_said_and_done_while_redis_stood_still_is_caught_up_with() {
        let redis = RedisServer::start();
        let two = Two::open(&redis.url()).await;
        let (mut ann, mut root) = two.join_both().await;
        let second_login = two.here.login(&two.ann.email).await;
        let mut second = Socket::join(&two.there, &two.chat, &second_login).await;
        redis.freeze();
        two.are_ready(false).await;
        ann.say("Is anybody there?").await;
        ann.hears("Is anybody there?").await;
        second_login.get("/api/users/logout/").await.is(StatusCode::OK);
        redis.thaw();
        // Nobody says anything any more: coming back is enough.
        root.hears("Is anybody there?").await;
        // What was on its way to Redis when it stopped may come before.
        let close = second.next_where(Message::is_close).await;
        assert!(matches!(close, Message::Close(Some(frame)) if u16::from(frame.code) == SESSION_ENDED));
        two.are_ready(true).await;
        assert_eq!((&ann.heard, &root.heard), (&two.log().await, &two.log().await));
    }

    #[tokio::test]
    async fn clients_of_a_node_that_dies_resume_on_the_other() {
        const SENTENCES: usize = 40;
        let two = Two::open(&shared_redis()).await;
        let (mut ann, mut root) = two.join_both().await;
        let sentences: Vec<String> = (0..SENTENCES).map(|number| format!("sentence {number}")).collect();
        for sentence in &sentences {
            ann.say_as(sentence).await;
        }
        // In the middle: some are stored, some are told, and some are neither.
        ann.hears(&sentences[3]).await;
        let Two { here, there, root: _, ann: member, chat, _home } = two;
        here.cut_off();
        // What was stored is told there, although nobody says anything any more.
        let member = member.at(there.address());
        let log = Socket::join_with(&there, &chat, &member, "&after=0").await.history().await;
        root.hears_so_many(log.len()).await;
        // What the node had under way when it died may come after both.
        assert_eq!(root.heard[..log.len()], log.iter().map(said).collect::<Vec<_>>());
        // The client says again what it has not heard.
        let mut ann = ann.resume(&there, &chat, &member).await;
        let unheard = sentences.iter().skip(ann.heard.len());
        for sentence in unheard {
            ann.say_as(sentence).await;
        }
        root.hears_so_many(SENTENCES).await;
        let said: Vec<&str> = root.heard.iter().map(|(_, said)| said.as_str()).collect();
        assert_eq!(said, sentences, "each one once, in order");
        let places: Vec<i64> = root.heard.iter().map(|(seq, _)| *seq).collect();
        assert_eq!(places, (1..).take(SENTENCES).collect::<Vec<_>>());
    }
}
