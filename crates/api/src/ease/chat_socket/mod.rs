//! The socket of the support chat, `/ws/support/chat/<uuid>/`.

mod close;
mod frames;
pub(crate) mod handshake;
mod room;
mod session;

#[cfg(any(test, fuzzing))]
pub(crate) use session::read_draft;

use actix_web::web::ServiceConfig;
use http::Endpoint;

/// The route of the socket, with and without a slash at its end.
pub(crate) fn routes(config: &mut ServiceConfig) {
    // The handshake judges the credentials itself, because they may stand in the query.
    config.service(Endpoint::public("/ws/support/chat/{id}").get(handshake::open));
}
