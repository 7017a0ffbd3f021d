//! An answer, held against what every answer promises.

use super::description::Description;
use reqwest::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use reqwest::{Method, Response, StatusCode};
use serde_json::Value;

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    /// What was asked, for messages.
    asked: String,
    /// The status.
    pub(crate) status: StatusCode,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The body.
    pub(crate) text: String,
}

impl Answer {
    /// Reads an answer, and holds it against the conventions and the description of the API.
    pub(crate) async fn read(method: &Method, path: &str, response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("a body in UTF-8");
        let answer = Self { asked: format!("{method} {path}"), status, headers, text };
        answer.check_conventions();
        if path.starts_with("/api/") && !path.starts_with("/api/docs/") && method != Method::HEAD {
            Description::of_the_api().check(method, path, &answer);
        }
        answer
    }

    fn check_conventions(&self) {
        assert_eq!(self.header(ACCESS_CONTROL_ALLOW_ORIGIN.as_str()), "*", "{self:?}");
        assert!(!self.header("x-request-id").is_empty(), "{self:?}");
        assert_eq!(self.header("x-content-type-options"), "nosniff", "{self:?}");
        if self.status == StatusCode::NO_CONTENT {
            assert!(self.text.is_empty() && !self.headers.contains_key(CONTENT_LENGTH), "{self:?}");
        }
        if !self.status.is_success() && !self.text.is_empty() {
            assert_eq!(self.header(CONTENT_TYPE.as_str()), "application/json", "{self:?}");
        }
    }

    /// A header; empty when it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let read = serde_json::from_str(&self.text);
        read.unwrap_or_else(|error| panic!("no JSON ({error}): {self:?}"))
    }

    /// The body of an answer that must have this status; null when there is none.
    #[track_caller]
    pub(crate) fn is(&self, status: StatusCode) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.text);
        if self.text.is_empty() { Value::Null } else { self.json() }
    }

    /// Insists on a refusal with this sentence under `detail`.
    #[track_caller]
    pub(crate) fn is_refused(&self, status: StatusCode, detail: &str) {
        assert_eq!(self.is(status)["detail"], detail, "{}", self.asked);
    }
}
