//! How large the head of a request may be.

use crate::limits::Limits;
use crate::problem::Problem;
use crate::state::AppState;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{Error, web};

/// What a line of a header has besides its name and value: a colon, a blank and the end of the line.
const AROUND: usize = 4;

/// Refuses paths with their queries that are too long, and headers that are too many or too large.
pub async fn limit_head(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let limits = request.app_data::<web::Data<AppState>>().map(|state| state.limits);
    match limits.and_then(|limits| too_large(&request, limits)) {
        Some(problem) => Err(problem.into()),
        None => next.call(request).await,
    }
}

fn too_large(request: &ServiceRequest, limits: Limits) -> Option<Problem> {
    let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if target > limits.target_max_bytes {
        let sentence = "The address of the request is too long.";
        return Some(Problem::refusal(StatusCode::URI_TOO_LONG, "api.target_too_long", sentence));
    }
    let (mut count, mut bytes) = (0, 0);
    for (name, value) in request.headers() {
        count += 1;
        bytes += name.as_str().len() + value.len() + AROUND;
    }
    (count > limits.headers_max || bytes > limits.header_max_bytes).then(|| {
        let sentence = "The headers of the request are too large.";
        Problem::refusal(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "api.headers_too_large", sentence)
    })
}
