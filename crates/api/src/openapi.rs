//! The description of the API, put together from what stands beside each handler.

use crate::{ease, shared};
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;

/// The description of every operation.
pub fn openapi() -> Document {
    http::openapi::describe(Base::openapi(), vec![shared::surface(), ease::surface()])
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Ease",
        description = "A personal ledger with accounts, roles and a support chat. Every path works with and without a slash at its end.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/", description = "This server")),
    security(("token" = []), ("bearer" = []))
)]
struct Base;
