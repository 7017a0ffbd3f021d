//! What expenses and incomes come to.

mod get;
mod view;

use http::{Access, Endpoint};
use utoipa::OpenApi;

/// The endpoints of this folder.
pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![Endpoint::new("/api/management/summary").get(Access::Owner, get::get)]
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(paths(get::get), tags((name = "Summary", description = "What the caller's expenses and incomes come to.")))]
pub(crate) struct Docs;
