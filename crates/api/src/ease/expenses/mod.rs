//! Expenses: the caller's own, and nobody else's.

mod create;
mod delete;
mod get;
mod list;
mod update;

use actix_web::web::ServiceConfig;
use http::Endpoint;
use users::Role;
use utoipa::OpenApi;

/// The routes of this folder.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(Endpoint::new("/api/management/expense", Role::User).get(list::list).post(create::create)).service(
        Endpoint::new("/api/management/expense/{id}", Role::User)
            .get(get::get)
            .put(update::update)
            .delete(delete::delete),
    );
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(
    paths(list::list, create::create, get::get, update::update, delete::delete),
    tags((name = "Expenses", description = "The caller's own expenses."))
)]
pub(crate) struct Docs;
