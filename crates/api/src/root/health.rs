//! `GET /livez` and `GET /readyz`: what probes ask.

use crate::call::blocking;
use crate::{Answer, Reply, Shell};
use actix_web::web;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct HealthView {
    #[schema(example = "ok")]
    status: &'static str,
}

/// Whether the server runs at all.
#[utoipa::path(
    get,
    path = "/livez",
    operation_id = "live",
    tag = "Server",
    security(()),
    responses((status = 200, description = "It runs.", body = HealthView))
)]
pub(crate) async fn live() -> Answer {
    Reply::ok(&HealthView { status: "ok" })
}

/// Whether the server can do its work: the storage answers and has the newest schema, other nodes can be reached, and it is
/// not being stopped.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "ready",
    tag = "Server",
    security(()),
    responses(
        (status = 200, description = "It can.", body = HealthView),
        (status = 503, description = "It cannot now, or is being stopped; the reason is told.", body = crate::openapi::Detail)
    )
)]
pub(crate) async fn ready(shell: web::Data<Shell>) -> Answer {
    if shell.shutdown.has_begun() {
        return Err(crate::Problem::draining());
    }
    blocking(move || {
        shell.store.check().map_err(|error| crate::Problem::unready(&error))?;
        shell.bus.check().map_err(|isolated| crate::Problem::isolated(&isolated))?;
        Reply::ok(&HealthView { status: "ok" })
    })
    .await
}
