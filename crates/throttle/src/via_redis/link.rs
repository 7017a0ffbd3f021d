//! The connection that runs all scripts.

use redis::aio::MultiplexedConnection;
use redis::{Client, Cmd, FromRedisValue, Value, from_redis_value};
use redis_link::{RedisError, connect};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};

/// Time between two attempts to connect, and between two pings.
const PING_INTERVAL: Duration = Duration::from_secs(1);

/// The length of the queue of requests.
const QUEUE: usize = 256;

/// A request, and the channel for its answer.
struct Question {
    command: Cmd,
    answer: SyncSender<Value>,
}

/// Sends requests to Redis over one connection that a task of its own maintains: callers never wait for name resolution or
/// connecting. Clones share the connection.
#[derive(Clone)]
pub(super) struct Link {
    questions: mpsc::Sender<Question>,
    is_up: Arc<AtomicBool>,
    time_limit: Duration,
}

impl Link {
    /// A link, and the task that connects it. No call waits longer than `time_limit`.
    pub(super) fn new(client: Client, time_limit: Duration) -> (Self, LinkTask) {
        let (questions, asked) = mpsc::channel(QUEUE);
        let is_up = Arc::<AtomicBool>::default();
        let task = LinkTask {
            client,
            time_limit,
            questions: asked,
            is_up: Arc::clone(&is_up),
            connection: None,
            is_away: false,
        };
        (Self { questions, is_up, time_limit }, task)
    }

    /// The answer of Redis; `None` when it is away, or does not answer in time.
    pub(super) fn ask<R: FromRedisValue>(&self, command: Cmd) -> Option<R> {
        if !self.is_up.load(Ordering::Relaxed) {
            return None;
        }
        let (answer, answered) = sync_channel(1);
        self.questions.try_send(Question { command, answer }).ok()?;
        from_redis_value(answered.recv_timeout(self.time_limit).ok()?).ok()
    }
}

/// The other end of a [`Link`], which owns the connection.
pub(super) struct LinkTask {
    client: Client,
    time_limit: Duration,
    questions: mpsc::Receiver<Question>,
    is_up: Arc<AtomicBool>,
    connection: Option<MultiplexedConnection>,
    /// Whether the log says that Redis is away.
    is_away: bool,
}

impl LinkTask {
    /// Connects, and reconnects, as long as there are callers.
    pub(super) async fn run(mut self) {
        let mut look = interval(PING_INTERVAL);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                question = self.questions.recv() => match question {
                    Some(question) => self.put(question).await,
                    None => return,
                },
                _ = look.tick() => self.look().await,
            }
        }
    }

    /// Sends a request. Without a connection it is dropped, and the caller is notified at once.
    async fn put(&mut self, Question { command, answer }: Question) {
        let Some(connection) = &mut self.connection else { return };
        match command.query_async(connection).await {
            // The caller may have gone meanwhile.
            Ok(value) => drop(answer.send(value)),
            Err(error) => self.lose(&error.into()),
        }
    }

    /// Checks whether Redis is connected, or available again.
    async fn look(&mut self) {
        if let Some(connection) = &mut self.connection
            && redis::cmd("PING").query_async::<()>(connection).await.is_ok()
        {
            return;
        }
        match connect(&self.client, self.time_limit).await {
            Ok(connection) => {
                self.connection = Some(connection);
                self.is_up.store(true, Ordering::Relaxed);
                if self.is_away {
                    tracing::info!("limits are counted for all nodes again");
                }
                self.is_away = false;
            }
            Err(error) => self.lose(&error),
        }
    }

    fn lose(&mut self, error: &RedisError) {
        self.connection = None;
        self.is_up.store(false, Ordering::Relaxed);
        if !self.is_away {
            tracing::warn!(reason = error.0, "limits are counted on this node alone; trying until they are shared");
        }
        self.is_away = true;
    }
}
