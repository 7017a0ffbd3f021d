//! Numbers by chance, the same ones for the same seed.

use std::env;
use std::hash::{BuildHasher, RandomState};

/// A number from the environment.
#[expect(clippy::disallowed_methods, reason = "whoever runs a test has no other way to tell it something")]
pub(crate) fn setting(variable: &str) -> Option<u64> {
    let number = env::var(variable).ok()?;
    Some(number.parse().unwrap_or_else(|_| panic!("{variable} is no number: {number}")))
}

/// A source of numbers (`SplitMix64`).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The seed of `EASE_TORTURE_SEED`, or one that nobody knows before.
    pub(crate) fn any_seed() -> u64 {
        // The standard library seeds its hashes by chance.
        setting("EASE_TORTURE_SEED").unwrap_or_else(|| RandomState::new().hash_one("seed") % 1_000_000_000)
    }

    /// A source of its own, so that what one does never hangs on how often another one has asked.
    pub(crate) fn fork(&mut self) -> Self {
        Self(self.next())
    }

    /// A number from 0 up to this one, which is not reached.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// True this often in a hundred times.
    pub(crate) fn percent(&mut self, often: u64) -> bool {
        self.below(100) < often
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
