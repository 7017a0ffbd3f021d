//! The socket of the support chat, `/ws/support/chat/<uuid>/`.

mod close;
mod frames;
mod handshake;
mod room;
mod session;

pub use close::{CloseCause, SLOW_READER};
pub use frames::{ErrorFrame, HistoryFrame, LiveFrame, TimestampForm};
pub use handshake::open;
