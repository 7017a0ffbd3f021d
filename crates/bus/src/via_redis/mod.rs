//! The bus of several nodes that share a Redis.

mod backoff;
mod health;
mod listener;
mod outbox;
mod peers;
mod publisher;
mod settings;
mod wire;

pub use settings::RedisSettings;

use crate::{Bus, BusCounts, Event, Isolated, LocalBus, Subscription, Topic};
use deadpool_redis::redis::{self, AsyncConnectionConfig};
use deadpool_redis::{Manager, Pool};
use health::Health;
use listener::Listener;
use outbox::{Outbox, Queue};
use publisher::Publisher;
use redis_link::RedisError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// The time limit for each operation of Redis.
const TIME_LIMIT: Duration = Duration::from_secs(1);

/// Carries events inside this process directly, and to other processes through Redis. Clones share one bus.
///
/// It works without a connection, too: [`RedisCarrier::run`] connects, and reconnects.
#[derive(Clone)]
pub struct RedisBus {
    local: LocalBus,
    outbox: Outbox,
    health: Health,
}

impl fmt::Debug for RedisBus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisBus").field("local", &self.local).field("health", &self.health).finish_non_exhaustive()
    }
}

impl RedisBus {
    /// A bus, and the carrier between it and Redis. It does not connect yet.
    ///
    /// # Errors
    /// When the settings are not valid for Redis.
    pub fn new(settings: &RedisSettings) -> Result<(Self, RedisCarrier), RedisError> {
        let client = settings.url.client()?;
        let info = client.get_connection_info().clone();
        let limits = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(TIME_LIMIT))
            .set_response_timeout(Some(TIME_LIMIT));
        let manager = Manager::new_with_config(info, limits)?;
        // Without time limits of its own the builder does not fail; callers of the pool have one.
        let pool = Pool::builder(manager).max_size(1).build().map_err(|error| RedisError(error.to_string()))?;
        let (outbox, queue) = Outbox::new();
        let bus = Self { local: LocalBus::default(), outbox, health: Health::default() };
        let carrier = RedisCarrier { bus: bus.clone(), queue, client, pool, settings: settings.clone() };
        Ok((bus, carrier))
    }
}

impl Bus for RedisBus {
    fn publish(&self, event: Event) {
        self.outbox.put(event.clone());
        self.local.publish(event);
    }

    fn subscribe(&self, topics: &[Topic]) -> Subscription {
        self.local.subscribe(topics)
    }

    fn counts(&self) -> BusCounts {
        self.local.counts()
    }

    fn check(&self) -> Result<(), Isolated> {
        self.health.check()
    }
}

/// The work behind a [`RedisBus`].
pub struct RedisCarrier {
    bus: RedisBus,
    queue: Queue,
    client: redis::Client,
    pool: Pool,
    settings: RedisSettings,
}

impl fmt::Debug for RedisCarrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisCarrier").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl RedisCarrier {
    /// Carries events until `stop` is done and all earlier events are sent, which takes a second at most. It survives
    /// outages of Redis.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Self { bus, queue, client, pool, settings } = self;
        let (stop_all, stopped) = watch::channel(false);
        let channel: Arc<str> = settings.channel().into();
        let publisher = Publisher::new(pool, Arc::clone(&channel), settings.node, queue, bus.health.clone());
        let listener = Listener::new(client, channel, settings.node, bus.local, bus.health);
        let stop = async {
            stop.await;
            stop_all.send_replace(true);
        };
        tokio::join!(publisher.run(stopped.clone()), listener.run(stopped), stop);
    }
}

/// Waits until the server stops.
async fn until(stopped: &mut watch::Receiver<bool>) {
    // A dropped sender means the same.
    drop(stopped.wait_for(|stopped| *stopped).await);
}
