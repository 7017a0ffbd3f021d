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
use redis_link::Failure;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How long Redis may take for any one thing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Carries events inside this process at once, and to other ones by way of Redis. Clones are the same bus.
///
/// It works from the start and for as long as it lives: [`RedisCarrier::run`] connects, and connects again.
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
    /// A bus, and what carries its events to and from Redis once it runs. Nothing is connected yet.
    ///
    /// # Errors
    /// When Redis cannot be asked with such settings.
    pub fn new(settings: &RedisSettings) -> Result<(Self, RedisCarrier), Failure> {
        let client = settings.url.client()?;
        let info = client.get_connection_info().clone();
        let limits =
            AsyncConnectionConfig::new().set_connection_timeout(Some(PATIENCE)).set_response_timeout(Some(PATIENCE));
        let manager = Manager::new_with_config(info, limits)?;
        // Without time limits of its own the builder does not fail; whoever asks the pool brings one.
        let pool = Pool::builder(manager).max_size(1).build().map_err(|error| Failure(error.to_string()))?;
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
    /// Carries events until `stop` is done and what was published before has left, for which it takes a second at most.
    /// Whatever becomes of Redis meanwhile, it goes on.
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

/// Waits until everything is to stop.
async fn until(stopped: &mut watch::Receiver<bool>) {
    // A sender that is gone says the same.
    drop(stopped.wait_for(|stopped| *stopped).await);
}
