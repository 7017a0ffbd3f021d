//! Receives the events of other nodes.

use super::backoff::Backoff;
use super::health::Health;
use super::peers::{Arrival, Peers};
use super::wire::Envelope;
use super::{TIME_LIMIT, until};
use crate::{Bus, LocalBus};
use deadpool_redis::redis::aio::{PubSubSink, PubSubStream};
use deadpool_redis::redis::{self, Msg};
use futures_util::StreamExt;
use kernel::Uuid;
use redis_link::RedisError;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::coop::unconstrained;
use tokio::time::{Instant, interval, sleep, timeout};

/// Time between two checks of Redis and the other nodes: a broken connection may stay silent.
const PING_INTERVAL: Duration = Duration::from_secs(1);

/// Receives the events of other nodes on a connection of its own, and reconnects when it breaks.
pub(super) struct Listener {
    client: redis::Client,
    channel: Arc<str>,
    node: Uuid,
    local: LocalBus,
    health: Health,
    peers: Peers,
    backoff: Backoff,
}

impl Listener {
    pub(super) fn new(client: redis::Client, channel: Arc<str>, node: Uuid, local: LocalBus, health: Health) -> Self {
        Self { client, channel, node, local, health, peers: Peers::default(), backoff: Backoff::default() }
    }

    /// Listens until the server stops.
    pub(super) async fn run(mut self, mut stopped: watch::Receiver<bool>) {
        tokio::select! {
            () = self.listen_for_ever() => {}
            () = until(&mut stopped) => {}
        }
    }

    async fn listen_for_ever(&mut self) {
        loop {
            let error = match self.connect().await {
                Ok((sink, stream)) => self.listen(sink, stream).await,
                Err(error) => error,
            };
            self.health.listening(Err(&error));
            sleep(self.backoff.next()).await;
        }
    }

    async fn connect(&self) -> Result<(PubSubSink, PubSubStream), RedisError> {
        let connecting = async {
            let (mut sink, stream) = self.client.get_async_pubsub().await?.split();
            sink.subscribe(&*self.channel).await?;
            Ok((sink, stream))
        };
        timeout(TIME_LIMIT, connecting).await.unwrap_or_else(|_elapsed| Err(RedisError::no_answer()))
    }

    /// Listens until the connection breaks.
    async fn listen(&mut self, sink: PubSubSink, stream: PubSubStream) -> RedisError {
        self.backoff.reset();
        // From here on no event is missed. Earlier ones may have been.
        self.peers.resume(Instant::now());
        self.local.signal_missed_to_all();
        self.health.listening(Ok(()));
        // The queue of the connection has no bound, so it is emptied before other tasks run.
        unconstrained(self.receive_all(sink, stream)).await
    }

    async fn receive_all(&mut self, sink: PubSubSink, mut stream: PubSubStream) -> RedisError {
        let mut asking = std::pin::pin!(ping_until_it_fails(sink));
        let mut look_around = interval(PING_INTERVAL);
        loop {
            tokio::select! {
                message = stream.next() => match message {
                    Some(message) => self.receive(&message),
                    None => return RedisError::hung_up(),
                },
                _ = look_around.tick() => if self.peers.forget_silent(Instant::now()) {
                    self.local.signal_missed_to_all();
                },
                error = &mut asking => return error,
            }
        }
    }

    fn receive(&mut self, message: &Msg) {
        let Some(envelope) = Envelope::read(message.get_payload_bytes()) else {
            tracing::warn!("a message on the channel of this deployment is none of this version's");
            return self.local.signal_missed_to_all();
        };
        if envelope.node == self.node {
            return;
        }
        let arrival = self.peers.note(envelope.node, envelope.number, Instant::now());
        if arrival == Arrival::AfterGap || (arrival == Arrival::Next && envelope.event.is_none()) {
            self.local.signal_missed_to_all();
        }
        if let Some(event) = envelope.event.filter(|_| arrival != Arrival::Known) {
            self.local.publish(event);
        }
    }
}

/// Pings Redis until it does not answer.
async fn ping_until_it_fails(mut sink: PubSubSink) -> RedisError {
    loop {
        sleep(PING_INTERVAL).await;
        match timeout(TIME_LIMIT, sink.ping::<redis::Value>()).await {
            Ok(Ok(_pong)) => {}
            Ok(Err(error)) => return error.into(),
            Err(_elapsed) => return RedisError::no_answer(),
        }
    }
}
