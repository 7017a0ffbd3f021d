//! Numbers by chance, the same ones for the same seed.

use std::hash::{BuildHasher, RandomState};

/// A source of numbers (`SplitMix64`).
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A seed that nobody knows before.
    pub(super) fn any_seed() -> u64 {
        // The standard library seeds its hashes by chance.
        RandomState::new().hash_one("seed") % 1_000_000_000
    }

    /// A source of its own, so that what one does never hangs on how often another one has asked.
    pub(super) fn fork(&mut self) -> Self {
        Self(self.next())
    }

    /// A number from 0 up to this one, which is not reached.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// True this often in a hundred times.
    pub(super) fn percent(&mut self, often: u64) -> bool {
        self.below(100) < often
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
