//! What connects this node with the other ones, if there are any.

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

/// How long a login waits for Redis to count it. By itself it takes about as long.
const PATIENCE: Duration = Duration::from_millis(250);

/// What connects this node with the other ones, if there are any.
pub(crate) struct Nodes {
    /// What requests and sockets publish on and listen to.
    pub(crate) bus: Arc<dyn Bus>,
    /// Where limits are counted for all nodes, if there are others.
    pub(crate) counters: Option<RedisCounters>,
    carriers: Option<(RedisCarrier, CountersCarrier)>,
}

impl Nodes {
    /// The bus as configured: by way of Redis if one was named, or else for this process alone.
    ///
    /// # Errors
    /// When Redis cannot be used with such settings, or the machine gives no randomness.
    pub(crate) fn new(config: &StorageConfig, secret_key: &Secret) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let Some(url) = config.redis.clone() else {
            return Ok(Self { bus: Arc::new(LocalBus::default()), counters: None, carriers: None });
        };
        let secret = secret_key.reveal().as_bytes();
        let (counters, counting) = RedisCounters::new(url.client()?, &config.redis_prefix, secret, PATIENCE);
        let node = RandomIds::new()?.uuid();
        let (bus, carrier) = RedisBus::new(&RedisSettings { url, prefix: config.redis_prefix.clone(), node })?;
        Ok(Self { bus: Arc::new(bus), counters: Some(counters), carriers: Some((carrier, counting)) })
    }

    /// Begins to carry events to other nodes and from them, and to count with them.
    pub(crate) fn connect(self) -> Connection {
        let (stop, stopped) = oneshot::channel::<()>();
        // A sender that is dropped says the same as one that sends.
        let stopped = async { drop(stopped.await) };
        let carrying = self.carriers.map(|(carrier, counting)| {
            // It ends with the process: what was counted has no need of an end.
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
    /// Ends it, once what was published has left; that takes a second at most.
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
