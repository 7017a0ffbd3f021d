//! What a handler answers when nothing is wrong.

use crate::conditions::EntityTag;
use crate::problem::Problem;
use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, ETAG, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, Responder};
use bus::Event;
use idempotency::StoredResponse;
use serde::Serialize;
use std::error::Error;
use std::fmt::Write as _;

/// Says of an answer that it was given before, to the first request with this key.
pub(crate) const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// What every handler returns.
pub type Answer = Result<Reply, Problem>;

/// An answer that is ready to be sent. It is made where the work is done, so that long lists are written out on the
/// blocking pool too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Option<Vec<u8>>,
    events: Vec<Event>,
}

impl Reply {
    /// 200 with a body.
    ///
    /// # Errors
    /// 500 when the body cannot be written as JSON.
    pub fn ok(body: &impl Serialize) -> Answer {
        Self::json(StatusCode::OK, body)
    }

    /// 200 with a body that is written already.
    pub(crate) fn of_json(body: Vec<u8>) -> Self {
        Self { status: StatusCode::OK, headers: Vec::new(), body: Some(body), events: Vec::new() }
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
        Self { status: StatusCode::NO_CONTENT, headers: Vec::new(), body: None, events: Vec::new() }
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The same answer, of which open sockets are told these events once the change is committed, in this order.
    #[must_use]
    pub fn telling(mut self, events: impl IntoIterator<Item = Event>) -> Self {
        self.events.extend(events);
        self
    }

    /// What open sockets are to be told.
    pub(crate) fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// What a store keeps of this answer.
    ///
    /// # Errors
    /// 500 when it is no text.
    pub(crate) fn to_kept(&self) -> Result<StoredResponse, Problem> {
        let unkeepable = |cause: &dyn Error| Problem::fault("api.unkeepable_answer", cause);
        let mut headers = String::new();
        for (name, value) in &self.headers {
            let value = value.to_str().map_err(|error| unkeepable(&error))?;
            // Writing to text cannot fail.
            writeln!(headers, "{name}: {value}").unwrap_or_default();
        }
        let body = String::from_utf8(self.body.clone().unwrap_or_default()).map_err(|error| unkeepable(&error))?;
        Ok(StoredResponse { status: self.status.as_u16(), headers, body })
    }

    /// An answer that was given before, which says so.
    ///
    /// # Errors
    /// 500 when it is no answer.
    pub(crate) fn replayed(kept: StoredResponse) -> Answer {
        let unreadable = |cause: &dyn Error| Problem::fault("api.unreadable_answer", cause);
        let status = StatusCode::from_u16(kept.status).map_err(|error| unreadable(&error))?;
        let mut headers = Vec::new();
        for (name, value) in kept.headers.lines().filter_map(|line| line.split_once(": ")) {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| unreadable(&error))?;
            headers.push((name, HeaderValue::from_str(value).map_err(|error| unreadable(&error))?));
        }
        headers.push((REPLAYED, HeaderValue::from_static("true")));
        let body = Some(kept.body.into_bytes()).filter(|body| !body.is_empty());
        Ok(Self { status, headers, body, events: Vec::new() })
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
        Ok(Self { status, headers: Vec::new(), body: Some(Self::written(body)?), events: Vec::new() })
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

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{ETAG, LINK};

    #[test]
    fn an_answer_that_was_kept_is_the_same_and_says_that_it_was_given_before() {
        let first = Reply::accepted(&"ä\n: \"b\"").unwrap();
        let first = first.with_header(ETAG, HeaderValue::from_static("\"a: b\""));
        let first =
            first.with_header(LINK, HeaderValue::from_static("")).with_header(LINK, HeaderValue::from_static("c"));
        let replayed = Reply::replayed(first.to_kept().unwrap()).unwrap();
        assert_eq!(replayed, first.with_header(REPLAYED, HeaderValue::from_static("true")));
    }

    #[test]
    fn an_answer_without_a_body_is_kept_without_one() {
        let replayed = Reply::replayed(Reply::no_content().to_kept().unwrap()).unwrap();
        assert_eq!((replayed.status, replayed.body), (StatusCode::NO_CONTENT, None));
    }
}
