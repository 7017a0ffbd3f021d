//! What no surface owns: the name of the server, its health, its description, and the words that all surfaces share.

mod docs;
mod health;
mod index;
pub(crate) mod words;

pub(crate) use docs::Description;

use http::{Access, Endpoint, Surface, Words};
use utoipa::OpenApi;

/// What no surface owns.
pub(crate) fn surface() -> Surface {
    let endpoints = vec![
        Endpoint::new("").get(Access::Anyone, index::index),
        Endpoint::new("/livez").get(Access::Unchecked, health::live),
        Endpoint::new("/readyz").get(Access::Unchecked, health::ready),
        Endpoint::new("/api/docs/schema").get(Access::Anyone, docs::schema),
        Endpoint::new("/api/docs/schema/ui").get(Access::Anyone, docs::page),
        Endpoint::new("/api/docs/schema/ui/{file}").get(Access::Anyone, docs::asset),
    ];
    Surface { endpoints, words: Words(words::tell), documents: vec![Docs::openapi()] }
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(
    paths(index::index, health::live, health::ready, docs::schema, docs::page),
    tags((name = "Server", description = "What the server says of itself."))
)]
struct Docs;
