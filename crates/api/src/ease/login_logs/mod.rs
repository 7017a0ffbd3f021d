//! Login logs: administrators read their own, and keep those of users that they outrank.

mod correct;
mod delete;
mod get;
mod list;
mod view;

use actix_web::web::ServiceConfig;
use http::Endpoint;
use users::Role;
use utoipa::OpenApi;

/// The routes of this folder.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(Endpoint::new("/api/users/loginLog", Role::Staff).get(list::list)).service(
        Endpoint::new("/api/users/loginLog/{id}", Role::Staff)
            .get(get::get)
            .put(correct::correct)
            .delete(delete::delete),
    );
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(
    paths(list::list, get::get, correct::correct, delete::delete),
    tags((name = "Login logs", description = "One row for each success and failure; written by logins only."))
)]
pub(crate) struct Docs;
