//! Expenses: the caller's own, and nobody else's.

mod create;
mod delete;
mod get;
mod list;
mod update;

use http::{Access, Endpoint, Policy};
use utoipa::OpenApi;

/// The endpoints of this folder.
pub(crate) fn endpoints() -> Vec<Endpoint> {
    let own = Policy::of(Access::Owner);
    vec![
        Endpoint::new("/api/management/expense").get(own, list::list).post(own.fields().repeatable(), create::create),
        Endpoint::new("/api/management/expense/{id}")
            .get(own.cacheable(), get::get)
            .put(own.fields().guarded(), update::update)
            .delete(own.guarded(), delete::delete),
    ]
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(
    paths(list::list, create::create, get::get, update::update, delete::delete),
    tags((name = "Expenses", description = "The caller's own expenses."))
)]
pub(crate) struct Docs;
