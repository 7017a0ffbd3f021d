//! Expenses and incomes on their way into other books and back.

mod export;
mod import;
mod table;
mod view;

#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use table::Rows;

use http::{Access, Endpoint, Limits, Policy};
use utoipa::OpenApi;

/// A file may have as many rows as a hundred thousand requests.
const IMPORT_COST: u32 = 50;

/// The endpoints of this folder.
pub(crate) fn endpoints() -> Vec<Endpoint> {
    let file = Policy::of(Access::Owner).file(Limits::import).cost(IMPORT_COST).repeatable();
    vec![
        Endpoint::new("/api/management/export").get(Access::Owner, export::export),
        Endpoint::new("/api/management/import").post(file, import::import),
    ]
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(
    paths(export::export, import::import),
    tags((name = "Import and export", description = "The caller's expenses and incomes as a file."))
)]
pub(crate) struct Docs;
