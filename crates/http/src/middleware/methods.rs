//! Preflights, which need no credentials, and `HEAD`, which is `GET` without its body.

use crate::cors::Cors;
use crate::protocol::SentMethod;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{ACCESS_CONTROL_REQUEST_METHOD, ORIGIN};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse};

/// Answers preflights, and lets `HEAD` go the way of `GET`; the protocol below drops the body.
pub async fn answer_preflights_and_heads(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let headers = request.headers();
    let is_preflight = request.method() == Method::OPTIONS
        && headers.contains_key(ORIGIN)
        && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    if is_preflight {
        let mut response = HttpResponse::NoContent().finish();
        Cors::add_preflight_headers(response.headers_mut());
        return Ok(request.into_response(response).map_into_right_body());
    }
    if request.method() == Method::HEAD {
        request.extensions_mut().insert(SentMethod(Method::HEAD));
        request.head_mut().method = Method::GET;
    }
    Ok(next.call(request).await?.map_into_left_body())
}
