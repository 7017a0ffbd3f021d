//! `GET /`: the name of the server, and where to read on.

use http::{Answer, Call, Reply};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct ServerView {
    #[schema(example = "Ease")]
    name: &'static str,
    #[schema(example = "0.1.0")]
    version: &'static str,
    #[schema(example = "/api/docs/schema/ui/")]
    docs: &'static str,
}

/// The name and version of the server, and where it is described.
#[utoipa::path(
    get,
    path = "/",
    operation_id = "index",
    tag = "Server",
    responses((status = 200, description = "The server.", body = ServerView))
)]
pub(crate) async fn index(call: Call) -> Answer {
    call.admit().await?;
    Reply::ok(&ServerView { name: "Ease", version: call.state().version, docs: "/api/docs/schema/ui/" })
}
