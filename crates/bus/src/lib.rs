#![doc = include_str!("../README.md")]

mod counts;
mod event;
mod isolated;
mod local;
mod subscription;
mod via_redis;

pub use counts::BusCounts;
pub use event::{Event, Topic};
pub use isolated::Isolated;
pub use local::LocalBus;
pub use subscription::{Signal, Subscription};
pub use via_redis::{RedisBus, RedisCarrier, RedisSettings};

/// Carries events to subscribers on this node and on others.
pub trait Bus: Send + Sync {
    /// Publishes an event to the subscribers of its topic. Called after the commit of its cause. MUST NOT block. An event
    /// that cannot be delivered MUST become a [`Signal::Missed`].
    fn publish(&self, event: Event);

    /// Subscribes to topics until the subscription is dropped. Events published after this call returns MUST arrive.
    fn subscribe(&self, topics: &[Topic]) -> Subscription;

    /// What it has delivered to the subscribers of this process so far.
    fn counts(&self) -> BusCounts;

    /// Whether events reach the other nodes, and theirs reach this one. A bus without other nodes is always connected.
    ///
    /// # Errors
    /// Why they do not.
    fn check(&self) -> Result<(), Isolated> {
        Ok(())
    }
}
