//! The queue of events that leave this node.

use crate::Event;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::{self, Receiver, Sender};

/// The length of the queue. Further events are dropped, which the other nodes detect.
const WAITING_MAX: usize = 1024;

/// The most events of one batch.
const BATCH_MAX: usize = 64;

/// The sending end of the queue. Clones share it.
#[derive(Clone)]
pub(super) struct Outbox {
    numbered: Sender<Numbered>,
    last: Last,
}

/// The number of the last event, whether it was queued or dropped. No event is numbered while this is locked.
type Last = Arc<Mutex<u64>>;

/// An event with its number: this node's first one is 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Numbered {
    pub(super) number: u64,
    pub(super) event: Event,
}

impl Outbox {
    /// Both ends.
    pub(super) fn new() -> (Self, Queue) {
        let (numbered, waiting) = mpsc::channel(WAITING_MAX);
        let last = Last::default();
        (Self { numbered, last: Arc::clone(&last) }, Queue { waiting, last })
    }

    /// Queues an event; never waits. An event that is dropped uses up its number, so that the others detect the gap.
    pub(super) fn put(&self, event: Event) {
        let mut last = lock(&self.last);
        *last = last.saturating_add(1);
        // The missing number shows that the queue was full.
        drop(self.numbered.try_send(Numbered { number: *last, event }));
    }
}

/// The receiving end.
pub(super) struct Queue {
    waiting: Receiver<Numbered>,
    last: Last,
}

impl Queue {
    /// Waits for events and takes the oldest ones; empty when no more can come. Dropping the future loses nothing.
    pub(super) async fn take(&mut self) -> Vec<Numbered> {
        let mut batch = Vec::new();
        self.waiting.recv_many(&mut batch, BATCH_MAX).await;
        batch
    }

    /// Takes events that are queued already.
    pub(super) fn take_now(&mut self) -> Vec<Numbered> {
        std::iter::from_fn(|| self.waiting.try_recv().ok()).take(BATCH_MAX).collect()
    }

    /// The number of the last event when the queue is empty: every event up to it was taken or dropped.
    pub(super) fn number_at_rest(&self) -> Option<u64> {
        let last = lock(&self.last);
        self.waiting.is_empty().then_some(*last)
    }

    /// Empties the queue; returns the number of the last event.
    pub(super) fn drop_all(&mut self) -> u64 {
        // No event is queued meanwhile, so none with a higher number is dropped.
        let last = lock(&self.last);
        while self.waiting.try_recv().is_ok() {}
        *last
    }
}

/// A panic cannot leave the number half changed.
fn lock(last: &Mutex<u64>) -> MutexGuard<'_, u64> {
    last.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chat::ChatId;
    use kernel::Uuid;

    fn event() -> Event {
        Event::ChatClosed(ChatId(Uuid::nil()))
    }

    fn numbers(batch: &[Numbered]) -> Vec<u64> {
        batch.iter().map(|numbered| numbered.number).collect()
    }

    #[tokio::test]
    async fn events_are_numbered_in_order_and_taken_in_batches() {
        let (outbox, mut queue) = Outbox::new();
        (0..70).for_each(|_| outbox.put(event()));
        assert_eq!(numbers(&queue.take().await), (1..=64).collect::<Vec<_>>());
        assert_eq!(numbers(&queue.take_now()), (65..=70).collect::<Vec<_>>());
        assert_eq!(queue.take_now(), []);
        assert_eq!(queue.number_at_rest(), Some(70));
    }

    #[tokio::test]
    async fn an_event_too_many_is_dropped_and_leaves_a_gap() {
        let (outbox, mut queue) = Outbox::new();
        (0..=WAITING_MAX).for_each(|_| outbox.put(event()));
        assert_eq!(queue.number_at_rest(), None, "the others are on their way yet");
        let mut taken = Vec::new();
        while queue.number_at_rest().is_none() {
            taken.extend(numbers(&queue.take_now()));
        }
        assert_eq!(taken, (1..=1024).collect::<Vec<_>>());
        assert_eq!(queue.number_at_rest(), Some(1025));
        outbox.put(event());
        assert_eq!(numbers(&queue.take().await), [1026]);
    }

    #[test]
    fn what_is_dropped_on_purpose_is_counted() {
        let (outbox, mut queue) = Outbox::new();
        (0..5).for_each(|_| outbox.put(event()));
        assert_eq!(queue.drop_all(), 5);
        assert_eq!(queue.take_now(), []);
    }
}
