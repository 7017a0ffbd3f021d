//! Expenses and incomes on their way into other books and back.

mod export;
mod import;
mod table;
mod view;

#[cfg(any(test, fuzzing))]
pub(crate) use table::Rows;

use actix_web::web::ServiceConfig;
use http::Endpoint;
use users::Role;
use utoipa::OpenApi;

/// The path that takes files, which may be larger and take longer than other requests.
pub(crate) const IMPORT: &str = "/api/management/import";

/// The routes of this folder.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(Endpoint::new("/api/management/export", Role::User).get(export::export))
        .service(Endpoint::new(IMPORT, Role::User).post(import::import));
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(
    paths(export::export, import::import),
    tags((name = "Import and export", description = "The caller's expenses and incomes as a file."))
)]
pub(crate) struct Docs;
