//! The socket of the support chat, `/ws/support/chat/<uuid>/`.

mod close;
mod frames;
pub(crate) mod handshake;
mod room;
mod session;

#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use session::read_draft;

use http::{Access, Endpoint};

/// The endpoint of the socket. Its handshake judges the credentials itself, because they may stand in the query.
pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![Endpoint::new("/ws/support/chat/{id}").get(Access::Unchecked, handshake::open)]
}
