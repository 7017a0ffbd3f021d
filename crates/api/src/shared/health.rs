//! `GET /livez` and `GET /readyz`: what probes ask.

use actix_web::web;
use http::{Answer, AppState, Reply};
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

/// Whether the server can do its work: the storage answers, other nodes can be reached, and it is not being stopped.
///
/// The storage must have the newest schema, too, and take changes. The answer comes within two seconds, also when the
/// storage does not answer at all; `detail` says what is wrong.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "ready",
    tag = "Server",
    security(()),
    responses(
        (status = 200, description = "It can.", body = HealthView),
        (status = 503, description = "It cannot now, or is being stopped; the reason is told.", body = http::openapi::Detail)
    )
)]
pub(crate) async fn ready(state: web::Data<AppState>) -> Answer {
    if state.shutdown.has_begun() {
        return Err(http::Problem::draining());
    }
    state.readiness.of(&state.store).await?;
    state.bus.check().map_err(|isolated| http::Problem::isolated(&isolated))?;
    Reply::ok(&HealthView { status: "ok" })
}
