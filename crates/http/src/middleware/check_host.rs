//! Refuses requests for other hosts.

use crate::problem::Problem;
use crate::state::AppState;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::HOST;
use actix_web::middleware::Next;
use actix_web::{Error, web};

/// Paths that probes ask by address.
const HEALTH: [&str; 2] = ["/livez", "/readyz"];

/// Refuses requests for other hosts, but for those of probes.
pub async fn check_host(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let path = request.path();
    let is_probe = HEALTH.contains(&path.strip_suffix('/').unwrap_or(path));
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).or(request.uri().host());
    let allowed = request
        .app_data::<web::Data<AppState>>()
        .is_none_or(|state| is_probe || state.hosts.allow(host.unwrap_or_default()));
    if allowed {
        return next.call(request).await;
    }
    Err(Problem::refusal(StatusCode::BAD_REQUEST, "api.invalid_host", "Invalid host.").into())
}
