//! `/api/chats/`: the support chat over HTTP; what is said travels over the socket.

mod close;
mod list;
mod open;
mod view;

use http::{Access, Endpoint, Policy};
use users::Role;
use utoipa::OpenApi;

/// The endpoints of this folder.
pub(crate) fn endpoints() -> Vec<Endpoint> {
    let staff = Policy::of(Access::AtLeast(Role::Staff));
    vec![
        Endpoint::new("/api/chats/get-or-create").post(Policy::of(Access::Owner).repeatable(), open::open),
        Endpoint::new("/api/chats/chat").get(staff, list::list),
        Endpoint::new("/api/chats/{id}/close").post(staff.linked_from("list_chats"), close::close),
    ]
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(
    paths(open::open, list::list, close::close, crate::ease::chat_socket::handshake::open),
    tags((name = "Support chat", description = "Customers ask, administrators answer."))
)]
pub(crate) struct Docs;
