//! Categories: everybody reads them, staff and superusers keep them.

mod create;
mod delete;
mod get;
mod list;
mod update;
mod view;

use actix_web::web::ServiceConfig;
use http::{Endpoint, Problem};
use users::Role;
use utoipa::OpenApi;

/// The routes of this folder.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(Endpoint::new("/api/management/category", Role::User).get(list::list).post(create::create)).service(
        Endpoint::new("/api/management/category/{id}", Role::User)
            .get(get::get)
            .put(update::update)
            .delete(delete::delete),
    );
}

/// Words a refusal as those do who change or remove a category.
fn missing(error: ::categories::CategoryError) -> Problem {
    Problem::from(error).reworded("categories.category_not_found", "Category not found")
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(
    paths(list::list, create::create, get::get, update::update, delete::delete),
    tags((name = "Categories", description = "Shared by everybody; written by staff and superusers."))
)]
pub(crate) struct Docs;
