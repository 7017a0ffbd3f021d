//! What expenses and incomes come to.

mod get;
mod view;

use actix_web::web::ServiceConfig;
use http::Endpoint;
use users::Role;
use utoipa::OpenApi;

/// The routes of this folder.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(Endpoint::new("/api/management/summary", Role::User).get(get::get));
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(paths(get::get), tags((name = "Summary", description = "What the caller's expenses and incomes come to.")))]
pub(crate) struct Docs;
