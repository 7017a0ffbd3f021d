//! Sends what waits to Redis.

use super::backoff::Backoff;
use super::health::Health;
use super::outbox::{Numbered, Queue};
use super::wire::Envelope;
use super::{PATIENCE, until};
use deadpool_redis::{Pool, PoolError, redis};
use kernel::Uuid;
use redis_link::Failure;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

/// Time between two signs of life, which say how far this node has come: who hears them learns of events that were lost at
/// the end, and who hears them no more, that this node is gone.
const BEAT: Duration = Duration::from_secs(1);

/// Sends what waits to Redis. While Redis is away, events are dropped, not kept: they tell to act at once, and whoever
/// heard of a logout minutes later would end the login that came after it. That they were dropped is told.
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

    /// Sends until everything is to stop; then what waits yet, if Redis takes it in time.
    pub(super) async fn run(mut self, mut stopped: watch::Receiver<bool>) {
        let mut beat = interval(BEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            // Only waiting is broken off: what was taken is sent.
            let envelopes = tokio::select! {
                batch = self.queue.take() => self.envelopes(batch),
                _ = beat.tick() => self.position(),
                () = until(&mut stopped) => break,
            };
            if let Err(failure) = self.send(&envelopes).await {
                self.health.publishing(Err(&failure));
                tokio::select! {
                    () = self.come_back() => {}
                    () = until(&mut stopped) => return,
                }
            }
        }
        drop(timeout(PATIENCE, self.send_the_rest()).await);
    }

    /// Tells the others how far this node has come, as soon as that can be done; until then, events are dropped.
    async fn come_back(&mut self) {
        loop {
            sleep(self.backoff.next()).await;
            let number = self.queue.drop_all();
            let position = Envelope { node: self.node, number, event: None };
            match self.send(&[position]).await {
                Ok(()) => break,
                Err(failure) => self.health.publishing(Err(&failure)),
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

    /// How far this node has come. While events wait there is no need to say it: they do.
    fn position(&self) -> Vec<Envelope> {
        let number = self.queue.number_at_rest();
        number.map(|number| Envelope { node: self.node, number, event: None }).into_iter().collect()
    }

    /// Sends envelopes in one round trip. When this fails, some of them may have arrived: their numbers tell.
    async fn send(&self, envelopes: &[Envelope]) -> Result<(), Failure> {
        if envelopes.is_empty() {
            return Ok(());
        }
        let mut commands = redis::pipe();
        for bytes in envelopes.iter().filter_map(Envelope::write) {
            commands.cmd("PUBLISH").arg(&*self.channel).arg(bytes).ignore();
        }
        let sending = async {
            let mut connection = self.pool.get().await.map_err(unpooled)?;
            commands.query_async::<()>(&mut connection).await.map_err(Failure::from)
        };
        timeout(PATIENCE, sending).await.unwrap_or_else(|_elapsed| Err(Failure::no_answer()))
    }
}

/// Why the pool gave no connection.
fn unpooled(error: PoolError) -> Failure {
    match error {
        PoolError::Backend(error) => error.into(),
        PoolError::Timeout(_) => Failure::no_answer(),
        PoolError::Closed | PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_) => {
            Failure("no connection can be made".to_owned())
        }
    }
}
