//! Nothing takes for ever, and a panic is an answer.

use crate::policy::Matched;
use crate::problem::Problem;
use crate::state::AppState;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use futures_util::FutureExt;
use std::any::Any;
use std::panic::AssertUnwindSafe;

/// Answers 503 when the time is up and 500 when a handler panicked.
pub async fn guard(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let policy = request.extensions().get::<Matched>().and_then(|matched| matched.policy);
    let limit = request
        .app_data::<web::Data<AppState>>()
        .map(|state| policy.map_or_else(|| state.limits.plain(), |policy| policy.limits(&state.limits)).answer_timeout);
    // What a panic leaves half-done belongs to this one request, which ends here.
    let answer = AssertUnwindSafe(next.call(request)).catch_unwind();
    let caught = match limit {
        Some(limit) => tokio::time::timeout(limit, answer).await,
        None => Ok(answer.await),
    };
    match caught {
        Ok(Ok(answer)) => answer,
        Ok(Err(panic)) => Err(Problem::fault_because("api.panic", words_of(panic.as_ref())).into()),
        Err(_elapsed) => Err(Problem::too_slow().into()),
    }
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("a handler panicked: {}", text.unwrap_or("without words"))
}
