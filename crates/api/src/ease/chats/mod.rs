//! `/api/chats/`: the support chat over HTTP; what is said travels over the socket.

mod close;
mod list;
mod open;
mod view;

use actix_web::web::ServiceConfig;
use http::Endpoint;
use users::Role;
use utoipa::OpenApi;

/// The routes of this folder.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(Endpoint::new("/api/chats/get-or-create", Role::User).post(open::open))
        .service(Endpoint::new("/api/chats/chat", Role::Staff).get(list::list))
        .service(Endpoint::new("/api/chats/{id}/close", Role::Staff).post(close::close));
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(
    paths(open::open, list::list, close::close, crate::ease::chat_socket::handshake::open),
    tags((name = "Support chat", description = "Customers ask, administrators answer."))
)]
pub(crate) struct Docs;
