//! Nodes on a Redis, and what they tell each other.

use bus::{Bus, Event, RedisBus, RedisSettings, Signal, Subscription};
use kernel::{SessionId, UserId, Uuid};
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

pub(crate) const ANN: UserId = UserId(1);
pub(crate) const BOB: UserId = UserId(2);

/// How long anything may take. Nobody waits this long unless something is broken.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A node that takes part by way of Redis.
pub(crate) struct Node {
    pub(crate) bus: RedisBus,
    stop: oneshot::Sender<()>,
    carrying: JoinHandle<()>,
}

impl Node {
    /// Starts one.
    pub(crate) fn start(url: &str, prefix: &str) -> Self {
        let settings = RedisSettings { url: url.parse().unwrap(), prefix: prefix.to_owned(), node: random() };
        let (bus, carrier) = RedisBus::new(&settings).unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let carrying = tokio::spawn(carrier.run(async { drop(stopped.await) }));
        Self { bus, stop, carrying }
    }

    /// Stops it, as at the end of its process.
    pub(crate) async fn stop(self) {
        self.stop.send(()).unwrap();
        timeout(PATIENCE, self.carrying).await.expect("it does not stop").unwrap();
    }

    /// Ends it as a power cut does.
    pub(crate) fn cut_off(self) {
        self.carrying.abort();
    }

    /// Waits until the node is in touch with the others, or is not.
    pub(crate) async fn is_in_touch(&self, wanted: bool) {
        let reached = async {
            while self.bus.check().is_ok() != wanted {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(PATIENCE, reached).await.unwrap_or_else(|_| panic!("{wanted} never came: {:?}", self.bus.check()));
    }
}

/// Two nodes that are in touch, under names that nobody else uses.
pub(crate) async fn two_nodes(url: &str) -> (Node, Node) {
    let prefix = random_prefix();
    let (here, there) = (Node::start(url, &prefix), Node::start(url, &prefix));
    here.is_in_touch(true).await;
    there.is_in_touch(true).await;
    (here, there)
}

/// What names begin with that nobody else uses.
pub(crate) fn random_prefix() -> String {
    format!("test:{}:", random())
}

fn random() -> Uuid {
    let half = || u128::from(RandomState::new().hash_one(0));
    Uuid::from_u128(half() << 64 | half())
}

/// An event.
pub(crate) fn ended(user: UserId, number: u128) -> Event {
    Event::SessionEnded { user, session: SessionId(Uuid::from_u128(number)) }
}

/// The next event, whatever was missed before it.
pub(crate) async fn next_event(subscription: &mut Subscription) -> Event {
    loop {
        if let Signal::Event(event) = next(subscription).await {
            return Event::clone(&event);
        }
    }
}

/// Waits until it is told that something was missed.
pub(crate) async fn missed(subscription: &mut Subscription) {
    while !matches!(next(subscription).await, Signal::Missed) {}
}

/// The next signal.
pub(crate) async fn next(subscription: &mut Subscription) -> Signal {
    timeout(PATIENCE, subscription.next()).await.expect("no signal came")
}
