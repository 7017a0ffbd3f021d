//! What no surface owns: the name of the server, its health, its description.

mod docs;
mod health;
mod index;

use actix_web::web::ServiceConfig;
use http::Endpoint;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;

/// The routes of this folder.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(Endpoint::public("").get(index::index))
        .service(Endpoint::public("/livez").get(health::live))
        .service(Endpoint::public("/readyz").get(health::ready))
        .service(Endpoint::public("/api/docs/schema").get(docs::schema))
        .service(Endpoint::public("/api/docs/schema/ui").get(docs::page))
        .service(Endpoint::public("/api/docs/schema/ui/{file}").get(docs::asset));
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(
    paths(index::index, health::live, health::ready, docs::schema, docs::page),
    tags((name = "Server", description = "What the server says of itself."))
)]
struct Docs;

/// The description of what no surface owns.
pub(crate) fn docs() -> Vec<Document> {
    vec![Docs::openapi()]
}
