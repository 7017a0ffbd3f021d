//! The bus of one node.

use crate::subscription::Subscriber;
use crate::{Bus, BusCounts, Event, Signal, Subscription, Topic};
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// The length of a subscriber's queue.
const QUEUE_LENGTH: usize = 64;

/// Carries events inside this process. Clones share their subscribers.
#[derive(Clone, Default)]
pub struct LocalBus(Arc<Shared>);

impl fmt::Debug for LocalBus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalBus").field("topics", &self.0.lock().len()).finish()
    }
}

type Subscribers = HashMap<Topic, Vec<(u64, Subscriber)>>;

#[derive(Default)]
struct Shared {
    next_id: AtomicU64,
    subscribers: Mutex<Subscribers>,
    published: AtomicU64,
    delivered: AtomicU64,
    missed: AtomicU64,
}

impl Shared {
    /// A panic cannot leave the map half changed, because every change is one step.
    fn lock(&self) -> MutexGuard<'_, Subscribers> {
        self.subscribers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a signal for a subscriber, and counts the outcome.
    fn send(&self, subscriber: &Subscriber, signal: Signal) {
        let is_event = matches!(signal, Signal::Event(_));
        let count = if subscriber.send(signal) && is_event { &self.delivered } else { &self.missed };
        count.fetch_add(1, Ordering::Relaxed);
    }
}

impl LocalBus {
    /// Signals to every subscriber of every topic that it may have missed an event.
    pub fn signal_missed_to_all(&self) {
        for (_, subscriber) in self.0.lock().values().flatten() {
            self.0.send(subscriber, Signal::Missed);
        }
    }
}

impl Bus for LocalBus {
    fn publish(&self, event: Event) {
        self.0.published.fetch_add(1, Ordering::Relaxed);
        let subscribers = self.0.lock();
        let Some(listening) = subscribers.get(&event.topic()) else { return };
        let event = Arc::new(event);
        for (_, subscriber) in listening {
            self.0.send(subscriber, Signal::Event(Arc::clone(&event)));
        }
    }

    fn subscribe(&self, topics: &[Topic]) -> Subscription {
        let id = self.0.next_id.fetch_add(1, Ordering::Relaxed);
        let unsubscribe = Unsubscribe { shared: Arc::downgrade(&self.0), id, topics: topics.to_vec() };
        let (subscriber, subscription) = Subscription::new(QUEUE_LENGTH, Box::new(unsubscribe));
        let mut subscribers = self.0.lock();
        for topic in topics {
            subscribers.entry(*topic).or_default().push((id, subscriber.clone()));
        }
        subscription
    }

    fn counts(&self) -> BusCounts {
        let Shared { published, delivered, missed, .. } = &*self.0;
        BusCounts {
            published: published.load(Ordering::Relaxed),
            delivered: delivered.load(Ordering::Relaxed),
            missed: missed.load(Ordering::Relaxed),
        }
    }
}

/// Removes a subscriber from the bus when its subscription is dropped.
struct Unsubscribe {
    shared: Weak<Shared>,
    id: u64,
    topics: Vec<Topic>,
}

impl Drop for Unsubscribe {
    fn drop(&mut self) {
        let Some(shared) = self.shared.upgrade() else { return };
        let mut subscribers = shared.lock();
        for topic in &self.topics {
            if let Some(listening) = subscribers.get_mut(topic) {
                listening.retain(|(id, _)| *id != self.id);
                if listening.is_empty() {
                    subscribers.remove(topic);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{SessionId, UserId, Uuid};

    const ANN: UserId = UserId(1);
    const BOB: UserId = UserId(2);

    fn ended(user: UserId, session: u128) -> Event {
        Event::SessionEnded { user, session: SessionId(Uuid::from_u128(session)) }
    }

    #[tokio::test]
    async fn events_reach_the_subscribers_of_their_topic_in_order() {
        let bus = LocalBus::default();
        let mut ann = bus.subscribe(&[Topic::User(ANN)]);
        let mut both = bus.subscribe(&[Topic::User(ANN), Topic::User(BOB)]);
        bus.publish(ended(BOB, 1));
        bus.publish(ended(ANN, 2));
        assert!(matches!(ann.next().await, Signal::Event(event) if *event == ended(ANN, 2)));
        assert!(matches!(both.next().await, Signal::Event(event) if *event == ended(BOB, 1)));
        assert!(matches!(both.next().await, Signal::Event(event) if *event == ended(ANN, 2)));
    }

    #[tokio::test]
    async fn a_full_queue_costs_the_others_nothing_and_is_told() {
        let bus = LocalBus::default();
        let mut slow = bus.subscribe(&[Topic::User(ANN)]);
        for number in 0..=QUEUE_LENGTH {
            bus.publish(ended(ANN, u128::try_from(number).unwrap()));
        }
        assert!(matches!(slow.next().await, Signal::Missed));
        bus.publish(ended(ANN, 1000));
        assert!(matches!(slow.next().await, Signal::Event(event) if *event == ended(ANN, 1000)));
        let length = u64::try_from(QUEUE_LENGTH).unwrap();
        let (published, delivered) = (length + 2, length + 1);
        assert_eq!(bus.counts(), BusCounts { published, delivered, missed: 1 });
    }

    #[tokio::test]
    async fn a_dropped_subscription_leaves_nothing_behind() {
        let bus = LocalBus::default();
        drop(bus.subscribe(&[Topic::User(ANN), Topic::User(BOB)]));
        assert!(bus.0.lock().is_empty());
    }
}
