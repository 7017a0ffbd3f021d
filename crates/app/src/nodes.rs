//! What connects this node with the other ones, if there are any.

use crate::config::StorageConfig;
use crate::ids::RandomIds;
use actix_web::rt;
use bus::{Bus, LocalBus, RedisBus, RedisCarrier, RedisSettings};
use kernel::IdSource;
use std::error::Error;
use std::sync::Arc;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// What connects this node with the other ones, if there are any.
pub(crate) struct Nodes {
    /// What requests and sockets publish on and listen to.
    pub(crate) bus: Arc<dyn Bus>,
    carrier: Option<RedisCarrier>,
}

impl Nodes {
    /// The bus as configured: by way of Redis if one was named, or else for this process alone.
    ///
    /// # Errors
    /// When Redis cannot be used with such settings, or the machine gives no randomness.
    pub(crate) fn new(config: &StorageConfig) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let Some(url) = config.redis.clone() else {
            return Ok(Self { bus: Arc::new(LocalBus::default()), carrier: None });
        };
        let node = RandomIds::new()?.uuid();
        let (bus, carrier) = RedisBus::new(&RedisSettings { url, prefix: config.redis_prefix.clone(), node })?;
        Ok(Self { bus: Arc::new(bus), carrier: Some(carrier) })
    }

    /// Begins to carry events to other nodes and from them.
    pub(crate) fn connect(self) -> Connection {
        let (stop, stopped) = oneshot::channel::<()>();
        // A sender that is dropped says the same as one that sends.
        let stopped = async { drop(stopped.await) };
        Connection { stop, carrying: self.carrier.map(|carrier| rt::spawn(carrier.run(stopped))) }
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
