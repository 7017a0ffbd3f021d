//! The connections of this node with the others.

use crate::config::{Secret, StorageConfig};
use crate::ids::RandomIds;
use actix_web::rt;
use bus::{Bus, LocalBus, RedisBus, RedisCarrier, RedisSettings};
use kernel::IdSource;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use throttle::{CountersCarrier, RedisCounters};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// How long a login waits for Redis. Hashing a password takes about as long.
const TIME_LIMIT: Duration = Duration::from_millis(250);

/// The connections of this node with the others, if there are any.
pub(crate) struct Nodes {
    /// The bus of requests and sockets.
    pub(crate) bus: Arc<dyn Bus>,
    /// The shared counters of limits, if there are other nodes.
    pub(crate) counters: Option<RedisCounters>,
    carriers: Option<(RedisCarrier, CountersCarrier)>,
}

impl Nodes {
    /// The configured bus: through Redis if one is configured, or else for this process only.
    ///
    /// # Errors
    /// When the settings are not valid for Redis, or the random generator fails.
    pub(crate) fn new(config: &StorageConfig, secret_key: &Secret) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let Some(url) = config.redis.clone() else {
            return Ok(Self { bus: Arc::new(LocalBus::default()), counters: None, carriers: None });
        };
        let secret = secret_key.reveal().as_bytes();
        let (counters, counting) = RedisCounters::new(url.client()?, &config.redis_prefix, secret, TIME_LIMIT);
        let node = RandomIds::new()?.uuid();
        let (bus, carrier) = RedisBus::new(&RedisSettings { url, prefix: config.redis_prefix.clone(), node })?;
        Ok(Self { bus: Arc::new(bus), counters: Some(counters), carriers: Some((carrier, counting)) })
    }

    /// Starts to exchange events and counters with the other nodes.
    pub(crate) fn connect(self) -> Connection {
        let (stop, stopped) = oneshot::channel::<()>();
        // Dropping the sender has the same effect as sending.
        let stopped = async { drop(stopped.await) };
        let carrying = self.carriers.map(|(carrier, counting)| {
            // It ends with the process; counters need no clean-up.
            rt::spawn(counting.run());
            rt::spawn(carrier.run(stopped))
        });
        Connection { stop, carrying }
    }
}

/// The connection with other nodes.
#[derive(Debug)]
pub(crate) struct Connection {
    stop: oneshot::Sender<()>,
    carrying: Option<JoinHandle<()>>,
}

impl Connection {
    /// Ends it after all published events are sent, which takes a second at most.
    pub(crate) async fn end(self) {
        drop(self.stop);
        if let Some(Err(error)) = match self.carrying {
            Some(carrying) => Some(carrying.await),
            None => None,
        } {
            tracing::error!(%error, "the connection with other nodes broke off");
        }
    }
}
