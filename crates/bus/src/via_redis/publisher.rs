//! Sends queued events to Redis.

use super::backoff::Backoff;
use super::health::Health;
use super::outbox::{Numbered, Queue};
use super::wire::Envelope;
use super::{TIME_LIMIT, until};
use deadpool_redis::{Pool, PoolError, redis};
use kernel::Uuid;
use redis_link::RedisError;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

/// Time between two heartbeats. A heartbeat has the last number of this node, so that others detect the loss of the last
/// event; without heartbeats they detect that this node is dead.
const HEARTBEAT_INTERVAL: Duration = Duration::from_secs(1);

/// Sends queued events to Redis. While Redis is away, events are dropped, not kept: a logout that arrives minutes later
/// would end a newer login. The other nodes detect that events were dropped.
pub(super) struct Publisher {
    pool: Pool,
    channel: Arc<str>,
    node: Uuid,
    queue: Queue,
    health: Health,
    backoff: Backoff,
}

impl Publisher {
    pub(super) fn new(pool: Pool, channel: Arc<str>, node: Uuid, queue: Queue, health: Health) -> Self {
        Self { pool, channel, node, queue, health, backoff: Backoff::default() }
    }

    /// Sends until the server stops; then it sends what is queued, if Redis accepts it in time.
    pub(super) async fn run(mut self, mut stopped: watch::Receiver<bool>) {
        let mut beat = interval(HEARTBEAT_INTERVAL);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            // Only the waiting is cancelled: events that were taken are sent.
            let envelopes = tokio::select! {
                batch = self.queue.take() => self.envelopes(batch),
                _ = beat.tick() => self.position(),
                () = until(&mut stopped) => break,
            };
            if let Err(error) = self.send(&envelopes).await {
                self.health.publishing(Err(&error));
                tokio::select! {
                    () = self.come_back() => {}
                    () = until(&mut stopped) => return,
                }
            }
        }
        drop(timeout(TIME_LIMIT, self.send_the_rest()).await);
    }

    /// Publishes the number of this node as soon as Redis is back; until then, events are dropped.
    async fn come_back(&mut self) {
        loop {
            sleep(self.backoff.next()).await;
            let number = self.queue.drop_all();
            let position = Envelope { node: self.node, number, event: None };
            match self.send(&[position]).await {
                Ok(()) => break,
                Err(error) => self.health.publishing(Err(&error)),
            }
        }
        self.backoff.reset();
        self.health.publishing(Ok(()));
    }

    async fn send_the_rest(&mut self) {
        loop {
            let batch = self.queue.take_now();
            let envelopes = self.envelopes(batch);
            if envelopes.is_empty() || self.send(&envelopes).await.is_err() {
                return;
            }
        }
    }

    fn envelopes(&self, batch: Vec<Numbered>) -> Vec<Envelope> {
        batch.into_iter().map(|event| Envelope::of(self.node, event)).collect()
    }

    /// The number of this node. While events are queued, they carry it.
    fn position(&self) -> Vec<Envelope> {
        let number = self.queue.number_at_rest();
        number.map(|number| Envelope { node: self.node, number, event: None }).into_iter().collect()
    }

    /// Sends envelopes in one round trip. If this fails, some of them may have arrived; their numbers show which.
    async fn send(&self, envelopes: &[Envelope]) -> Result<(), RedisError> {
        if envelopes.is_empty() {
            return Ok(());
        }
        let mut commands = redis::pipe();
        for bytes in envelopes.iter().filter_map(Envelope::write) {
            commands.cmd("PUBLISH").arg(&*self.channel).arg(bytes).ignore();
        }
        let sending = async {
            let mut connection = self.pool.get().await.map_err(pool_error)?;
            commands.query_async::<()>(&mut connection).await.map_err(RedisError::from)
        };
        timeout(TIME_LIMIT, sending).await.unwrap_or_else(|_elapsed| Err(RedisError::no_answer()))
    }
}

/// Why the pool gave no connection.
fn pool_error(error: PoolError) -> RedisError {
    match error {
        PoolError::Backend(error) => error.into(),
        PoolError::Timeout(_) => RedisError::no_answer(),
        PoolError::Closed | PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_) => {
            RedisError("no connection can be made".to_owned())
        }
    }
}
