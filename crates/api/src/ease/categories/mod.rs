//! Categories: everybody reads them, staff and superusers keep them.

mod create;
mod delete;
mod get;
mod list;
mod update;
mod view;

use http::{Access, Endpoint, Policy, Problem};
use users::Role;
use utoipa::OpenApi;

/// The endpoints of this folder.
pub(crate) fn endpoints() -> Vec<Endpoint> {
    let (all, staff) = (Policy::of(Access::AtLeast(Role::User)), Policy::of(Access::AtLeast(Role::Staff)));
    vec![
        Endpoint::new("/api/management/category")
            .get(all.cacheable(), list::list)
            .post(staff.fields().repeatable(), create::create),
        Endpoint::new("/api/management/category/{id}")
            .get(all.cacheable(), get::get)
            .put(staff.fields().guarded(), update::update)
            .delete(staff.guarded(), delete::delete),
    ]
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
