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

/// Carries events to whoever has to act on them at once, on this node and on others.
pub trait Bus: Send + Sync {
    /// Tells everybody who subscribed to the event's topic. Called after the commit of its cause. MUST NOT block; an
    /// event that cannot be delivered MUST become a [`Signal::Missed`].
    fn publish(&self, event: Event);

    /// Subscribes to topics until the subscription is dropped. Events published after this call returns MUST arrive.
    fn subscribe(&self, topics: &[Topic]) -> Subscription;

    /// What it has told the subscribers of this process so far.
    fn counts(&self) -> BusCounts;

    /// Whether events reach the other nodes, and theirs this one. A bus that knows no other nodes is always whole.
    ///
    /// # Errors
    /// Why they do not.
    fn check(&self) -> Result<(), Isolated> {
        Ok(())
    }
}
