//! The description of the API, put together from what stands beside each handler.

use crate::shared::Description;
use crate::surfaces;
use actix_web::web::Bytes;
use std::sync::{Arc, LazyLock};
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;

/// The description of every operation.
pub fn openapi() -> Document {
    // What no surface owns comes first.
    http::openapi::describe(Base::openapi(), surfaces().into_iter().rev().collect())
}

/// The description as clients read it, written once.
static DESCRIPTION: LazyLock<Arc<Description>> = LazyLock::new(|| {
    let document = openapi();
    let json = document.to_pretty_json().map(Bytes::from).map_err(|error| error.to_string());
    let yaml = document.to_yaml().map(Bytes::from).map_err(|error| error.to_string());
    Arc::new(Description { json, yaml })
});

/// The description as clients read it.
pub(crate) fn description() -> Arc<Description> {
    Arc::clone(&DESCRIPTION)
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
