#![doc = include_str!("../README.md")]

mod event;
mod local;
mod subscription;

pub use event::{Event, Topic};
pub use local::LocalBus;
pub use subscription::{Signal, Subscription};

/// Carries events to whoever has to act on them at once, on this node and on others.
pub trait Bus: Send + Sync {
    /// Tells everybody who subscribed to the event's topic. Called after the commit of its cause. MUST NOT block; an
    /// event that cannot be delivered MUST become a [`Signal::Missed`].
    fn publish(&self, event: Event);

    /// Subscribes to topics until the subscription is dropped. Events published after this call returns MUST arrive.
    fn subscribe(&self, topics: &[Topic]) -> Subscription;
}
