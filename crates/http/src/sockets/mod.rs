//! What every socket keeps to: the size of its frames, and how fast they may come.

mod frame_limit;
mod pace;

pub use frame_limit::FrameLimit;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use frame_limit::Heads;
pub use pace::{Pace, Pacing};
