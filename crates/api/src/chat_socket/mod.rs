//! The socket of the support chat, `/ws/support/chat/<uuid>/`.

mod close;
mod frames;
pub(crate) mod handshake;
mod room;
mod session;

use actix_web::web::{self, ServiceConfig};

/// The route of the socket, with and without a slash at its end.
pub(crate) fn routes(config: &mut ServiceConfig) {
    let paths = ["/ws/support/chat/{id}", "/ws/support/chat/{id}/"];
    config.service(web::resource(paths).route(web::get().to(handshake::open)));
}
