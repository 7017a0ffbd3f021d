//! What a bus has done so far.

/// What a bus has done in its life.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BusCounts {
    /// Events that were to be told to the subscribers of this process, from wherever they came.
    pub published: u64,
    /// Events that were put into the queue of a subscriber; one that several listen for counts for each.
    pub delivered: u64,
    /// How often a subscriber was left to read the store instead: its queue was full, or events were lost on their way.
    pub missed: u64,
}
