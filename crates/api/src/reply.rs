//! What a handler answers when nothing is wrong.

use crate::Problem;
use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;

/// What every handler returns.
pub type Answer = Result<Reply, Problem>;

/// An answer that is ready to be sent. It is made where the work is done, so that long lists are written out on the
/// blocking pool too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    status: StatusCode,
    body: Option<Vec<u8>>,
}

impl Reply {
    /// 200 with a body.
    ///
    /// # Errors
    /// 500 when the body cannot be written as JSON.
    pub fn ok(body: &impl Serialize) -> Answer {
        Self::json(StatusCode::OK, body)
    }

    /// 202 with a body.
    ///
    /// # Errors
    /// 500 when the body cannot be written as JSON.
    pub fn accepted(body: &impl Serialize) -> Answer {
        Self::json(StatusCode::ACCEPTED, body)
    }

    /// 204 without a body.
    pub fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT, body: None }
    }

    fn json(status: StatusCode, body: &impl Serialize) -> Answer {
        match serde_json::to_vec(body) {
            Ok(body) => Ok(Self { status, body: Some(body) }),
            Err(error) => Err(Problem::fault("api.unwritable_body", &error)),
        }
    }
}

impl Responder for Reply {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        match self.body {
            Some(body) => HttpResponse::build(self.status).content_type(ContentType::json()).body(body),
            None => HttpResponse::new(self.status),
        }
    }
}
