//! Login logs: administrators read their own, and keep those of users that they outrank.

mod correct;
mod delete;
mod get;
mod list;
mod view;

use http::{Access, Endpoint, Policy};
use users::Role;
use utoipa::OpenApi;

/// The endpoints of this folder.
pub(crate) fn endpoints() -> Vec<Endpoint> {
    let staff = Policy::of(Access::AtLeast(Role::Staff));
    vec![
        Endpoint::new("/api/users/loginLog").get(staff, list::list),
        Endpoint::new("/api/users/loginLog/{id}")
            .get(staff.cacheable(), get::get)
            .put(staff.fields().guarded(), correct::correct)
            .delete(staff.guarded(), delete::delete),
    ]
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(
    paths(list::list, get::get, correct::correct, delete::delete),
    tags((name = "Login logs", description = "One row for each success and failure; written by logins only."))
)]
pub(crate) struct Docs;
