//! What a handler answers when nothing is wrong.

use crate::Problem;
use crate::conditions::EntityTag;
use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, ETAG, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;

/// What every handler returns.
pub type Answer = Result<Reply, Problem>;

/// An answer that is ready to be sent. It is made where the work is done, so that long lists are written out on the
/// blocking pool too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
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
        Self { status: StatusCode::NO_CONTENT, headers: Vec::new(), body: None }
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The same answer with the tag of its body, for a body that is the whole of what a `GET` would answer now.
    #[must_use]
    pub fn with_tag(self) -> Self {
        self.tagged().0
    }

    /// The same answer with the tag of its body and headers, and the tag.
    pub(crate) fn tagged(self) -> (Self, EntityTag) {
        let body = self.body.as_deref().unwrap_or_default();
        let headers = self.headers.iter().map(|(_, value)| value.as_bytes());
        let tag = EntityTag::of(std::iter::once(body).chain(headers));
        (self.with_header(ETAG, tag.header()), tag)
    }

    /// The answer to a client that has this one already: 304, with its headers.
    #[must_use]
    pub(crate) fn not_modified(self) -> Self {
        Self { status: StatusCode::NOT_MODIFIED, body: None, ..self }
    }

    /// What a body looks like on its way.
    pub(crate) fn written(body: &impl Serialize) -> Result<Vec<u8>, Problem> {
        serde_json::to_vec(body).map_err(|error| Problem::fault("api.unwritable_body", &error))
    }

    fn json(status: StatusCode, body: &impl Serialize) -> Answer {
        Ok(Self { status, headers: Vec::new(), body: Some(Self::written(body)?) })
    }
}

impl Responder for Reply {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        for header in self.headers {
            response.append_header(header);
        }
        match self.body {
            Some(body) => response.content_type(ContentType::json()).body(body),
            None => response.finish(),
        }
    }
}
