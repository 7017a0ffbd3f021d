//! Counters of a bus.

/// Counters of a bus since its start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BusCounts {
    /// Events published to the subscribers of this process, from this node and others.
    pub published: u64,
    /// Events put into the queue of a subscriber, counted once per subscriber.
    pub delivered: u64,
    /// How often a subscriber had to read the store instead, because its queue was full or events were lost.
    pub missed: u64,
}
