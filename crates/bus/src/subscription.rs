//! The receiving end of the bus.

use crate::Event;
use std::fmt;
use std::sync::Arc;
use tokio::sync::{Notify, mpsc};

/// What a subscriber receives.
#[derive(Debug, Clone)]
pub enum Signal {
    /// Something happened.
    Event(Arc<Event>),
    /// An event may have been lost: read the current state from the store.
    Missed,
}

/// A bounded queue of signals; dropping it ends the subscription.
pub struct Subscription {
    queue: mpsc::Receiver<Signal>,
    missed: Arc<Notify>,
    /// Dropped with the subscription; that removes it from the bus.
    _unsubscribe: Box<dyn Send + Sync>,
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription").finish_non_exhaustive()
    }
}

impl Subscription {
    /// A queue of at most `length` signals; `unsubscribe` is dropped with the subscription.
    pub(crate) fn new(length: usize, unsubscribe: Box<dyn Send + Sync>) -> (Subscriber, Self) {
        let (sender, queue) = mpsc::channel(length);
        let missed = Arc::new(Notify::new());
        let subscriber = Subscriber { queue: sender, missed: Arc::clone(&missed) };
        (subscriber, Self { queue, missed, _unsubscribe: unsubscribe })
    }

    /// Waits for the next signal. A full queue drops events, but then it always signals `Missed`. When the bus is gone, it
    /// waits forever. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Signal {
        tokio::select! {
            biased;
            () = self.missed.notified() => {
                // The queued events are older than the read that follows, so the store has all of them.
                while self.queue.try_recv().is_ok() {}
                Signal::Missed
            }
            signal = self.queue.recv() => match signal {
                Some(signal) => signal,
                None => std::future::pending().await,
            },
        }
    }
}

/// The sending end of one subscription.
#[derive(Clone)]
pub(crate) struct Subscriber {
    queue: mpsc::Sender<Signal>,
    missed: Arc<Notify>,
}

impl Subscriber {
    /// Queues a signal, or notes that one was lost; returns whether it was queued.
    pub(crate) fn send(&self, signal: Signal) -> bool {
        let outcome = self.queue.try_send(signal);
        if matches!(outcome, Err(mpsc::error::TrySendError::Full(_))) {
            self.missed.notify_one();
        }
        outcome.is_ok()
    }
}
