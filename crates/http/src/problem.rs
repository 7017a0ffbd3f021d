//! The one place that turns a failure into its answer.

use crate::sentences;
use crate::words::{Refusal, Words};
use actix_web::http::header::{ALLOW, ETAG, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpResponse, ResponseError};
use bus::Isolated;
use kernel::{Failure, FieldErrors, Kind, Retryable};
use serde_json::{Map, Value, json};
use std::error::Error;
use std::fmt;
use std::fmt::Write as _;
use std::time::Duration;
use tracing::{error, warn};

/// The header that carries a problem's code.
pub const ERROR_CODE: HeaderName = HeaderName::from_static("x-error-code");

/// A failure as clients see it. What is `Unavailable` or `Internal` keeps its cause for the log and shows none of it.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    body: Value,
    headers: Vec<(HeaderName, HeaderValue)>,
    retryable: bool,
    cause: Option<String>,
    /// What a domain refused, until a surface has told it in its own words.
    refusal: Option<Box<Refusal>>,
}

impl Problem {
    /// A refusal that says one sentence under `detail`.
    pub fn refusal(status: StatusCode, code: &'static str, sentence: &str) -> Self {
        Self::with_body(status, code, json!({ "detail": sentence }))
    }

    /// A refusal with a body of its own shape.
    pub fn with_body(status: StatusCode, code: &'static str, body: Value) -> Self {
        Self { status, code, body, headers: Vec::new(), retryable: false, cause: None, refusal: None }
    }

    /// What a domain refused, in words that fit every surface until one of them has told it in its own.
    fn refused(status: StatusCode, error: &impl Failure) -> Self {
        let code = error.code();
        if let Some(errors) = error.field_errors() {
            return Self::with_body(status, code, fields_body(errors));
        }
        if !error.faults().is_empty() {
            let sentences = error.faults().iter().map(sentences::for_field).collect::<Vec<_>>();
            return Self::with_body(status, code, json!({ "detail": sentences }));
        }
        let subject = error.subject().unwrap_or_default().to_owned();
        let refusal = Some(Box::new(Refusal { code, subject }));
        Self { refusal, ..Self::refusal(status, code, general_sentence(error.kind())) }
    }

    /// 400 with the problems of fields.
    pub fn fields(code: &'static str, errors: &FieldErrors) -> Self {
        Self::with_body(StatusCode::BAD_REQUEST, code, fields_body(errors))
    }

    /// 403.
    pub fn forbidden() -> Self {
        Self::refusal(StatusCode::FORBIDDEN, "api.forbidden", sentences::FORBIDDEN)
    }

    /// 404 for a path that leads nowhere.
    pub fn no_such_path() -> Self {
        let body = json!({
            "detail": sentences::NOT_FOUND,
            "error 404": "Page not found. Check the address; /api/docs/schema/ui/ lists them all.",
        });
        Self::with_body(StatusCode::NOT_FOUND, "api.no_such_path", body)
    }

    /// 405 with the methods that are allowed.
    pub fn method_not_allowed(method: &Method, allowed: &HeaderValue) -> Self {
        let sentence = format!("Method \"{method}\" not allowed.");
        Self::refusal(StatusCode::METHOD_NOT_ALLOWED, "api.method_not_allowed", &sentence)
            .with_header(ALLOW, allowed.clone())
    }

    /// 412 with the tag of what is there now.
    pub fn precondition_failed(current: HeaderValue) -> Self {
        Self::refusal(StatusCode::PRECONDITION_FAILED, "api.precondition_failed", sentences::CHANGED_MEANWHILE)
            .with_header(ETAG, current)
    }

    /// 503 with the seconds after which to come again.
    pub fn busy(code: &'static str, retry_after_seconds: u32) -> Self {
        Self::refusal(StatusCode::SERVICE_UNAVAILABLE, code, "The service is busy. Try again in a moment.")
            .with_header(RETRY_AFTER, HeaderValue::from(retry_after_seconds))
    }

    /// 429 with the seconds after which to come again.
    pub fn throttled(wait: Duration) -> Self {
        let seconds = seconds_up(wait).max(1);
        let sentence = format!("Request was throttled. Expected available in {seconds} seconds.");
        Self::refusal(StatusCode::TOO_MANY_REQUESTS, "api.throttled", &sentence)
            .with_header(RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// 503 because the time for an answer is up; what was asked may be done yet.
    pub fn too_slow() -> Self {
        let sentence = "The request took too long. Try again in a moment.";
        Self::refusal(StatusCode::SERVICE_UNAVAILABLE, "api.too_slow", sentence)
            .with_header(RETRY_AFTER, HeaderValue::from(1))
    }

    /// 503 because the storage cannot be used, and why as far as strangers may know; the rest is for the log.
    pub fn unready(reason: &str, cause: String) -> Self {
        let refusal = Self::refusal(StatusCode::SERVICE_UNAVAILABLE, "api.not_ready", &sentences::for_outage(reason));
        Self { cause: Some(cause), ..refusal.with_header(RETRY_AFTER, HeaderValue::from(1)) }
    }

    /// 503 because this node is going down, so that balancers send requests elsewhere.
    pub fn draining() -> Self {
        Self::refusal(StatusCode::SERVICE_UNAVAILABLE, "api.draining", sentences::DRAINING)
    }

    /// 503 because this node is cut off from the others, and why; the bus has logged it when it began.
    pub fn isolated(isolated: &Isolated) -> Self {
        Self::refusal(StatusCode::SERVICE_UNAVAILABLE, "api.isolated", &sentences::for_isolation(&isolated.reason))
            .with_header(RETRY_AFTER, HeaderValue::from(1))
    }

    /// 500; the cause is for the log only.
    pub fn fault(code: &'static str, cause: &dyn Error) -> Self {
        Self::fault_because(code, chain(cause))
    }

    /// 500; the cause, in words, is for the log only.
    pub fn fault_because(code: &'static str, cause: String) -> Self {
        let body = json!({
            "detail": "A server error occurred.",
            "error 500": "Something went wrong on our side. Try again later.",
        });
        Self { cause: Some(cause), ..Self::with_body(StatusCode::INTERNAL_SERVER_ERROR, code, body) }
    }

    /// The same problem with one more header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The same problem; if it has this code, with another sentence, because some routes word it differently.
    #[must_use]
    pub fn reworded(self, code: &str, sentence: &str) -> Self {
        if self.code == code { Self { body: json!({ "detail": sentence }), refusal: None, ..self } } else { self }
    }

    /// The same problem in the words of a surface.
    #[must_use]
    pub fn worded(self, words: Words) -> Self {
        match self.refusal.as_deref().and_then(words.0) {
            Some(body) => Self { body, refusal: None, ..self },
            None => self,
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The stable name of what went wrong.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The body of the answer.
    pub fn body(&self) -> &Value {
        &self.body
    }

    /// What the log has to say about it, for faults and outages.
    pub fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    /// Logs the cause of a fault or an outage. Called once, where the problem leaves the server.
    pub fn log(&self) {
        let Some(cause) = self.cause() else { return };
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            warn!(code = self.code, cause, "not available");
        } else {
            error!(code = self.code, cause, "a fault of ours");
        }
    }

    /// The sentence for people, whatever the shape of the body.
    pub fn sentence(&self) -> String {
        let told = self.body.get("detail").or_else(|| self.body.get(0)).unwrap_or(&Value::Null);
        match told {
            Value::String(sentence) => sentence.clone(),
            Value::Array(sentences) => sentences.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
            _ => "The request is not valid.".to_owned(),
        }
    }
}

impl<E: Failure> From<E> for Problem {
    fn from(error: E) -> Self {
        let code = error.code();
        let status = match error.kind() {
            Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Kind::Invalid => StatusCode::BAD_REQUEST,
            Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
            Kind::Forbidden => StatusCode::FORBIDDEN,
            Kind::NotFound => StatusCode::NOT_FOUND,
            Kind::Conflict => StatusCode::CONFLICT,
            Kind::Contradiction => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let problem = match status {
            StatusCode::INTERNAL_SERVER_ERROR => Self::fault(code, &error),
            StatusCode::SERVICE_UNAVAILABLE => Self { cause: Some(chain(&error)), ..Self::busy(code, 1) },
            StatusCode::UNAUTHORIZED => Self::refused(status, &error)
                .with_header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"api\"")),
            _ => Self::refused(status, &error),
        };
        Self { retryable: error.retryable(), ..problem }
    }
}

impl Retryable for Problem {
    fn is_retryable(&self) -> bool {
        self.retryable
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status.as_u16(), self.code)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        for (name, value) in &self.headers {
            response.insert_header((name.clone(), value.clone()));
        }
        response.insert_header((ERROR_CODE, self.code)).json(&self.body)
    }
}

/// The sentence for a refusal whose code has none of its own.
fn general_sentence(kind: Kind) -> &'static str {
    match kind {
        Kind::Invalid => "The request is not valid.",
        Kind::Unauthenticated => "Authentication credentials were not provided.",
        Kind::Forbidden => sentences::FORBIDDEN,
        Kind::NotFound => sentences::NOT_FOUND,
        Kind::Conflict => "The request clashes with what is stored.",
        Kind::Contradiction => "The request contradicts an earlier one.",
        Kind::Unavailable | Kind::Internal => "A server error occurred.",
    }
}

fn fields_body(errors: &FieldErrors) -> Value {
    let sentences = |(name, problems): (&str, &[_])| {
        (name.to_owned(), problems.iter().map(sentences::for_field).collect::<Vec<_>>().into())
    };
    Value::Object(errors.iter().map(sentences).collect::<Map<_, _>>())
}

/// Whole seconds, rounded up: who comes back after them is let in.
pub(crate) fn seconds_up(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

/// An error and everything below it, in one line.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        // Writing to text cannot fail.
        write!(line, ": {cause}").unwrap_or_default();
        next = cause.source();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{FieldFault, StoreError};

    /// What a domain refuses.
    #[derive(Debug, thiserror::Error)]
    enum Refused {
        #[error(transparent)]
        Fields(FieldErrors),
        #[error("it is not there")]
        NotFound,
    }

    impl Failure for Refused {
        fn kind(&self) -> Kind {
            match self {
                Self::Fields(_) => Kind::Invalid,
                Self::NotFound => Kind::NotFound,
            }
        }

        fn code(&self) -> &'static str {
            match self {
                Self::Fields(_) => "test.fields",
                Self::NotFound => "test.not_found",
            }
        }

        fn field_errors(&self) -> Option<&FieldErrors> {
            match self {
                Self::Fields(errors) => Some(errors),
                Self::NotFound => None,
            }
        }
    }

    #[test]
    fn an_outage_shows_nothing_of_its_cause_and_keeps_it_for_the_log() {
        let problem = Problem::from(StoreError::unavailable("password of the database is wrong"));
        assert_eq!(problem.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(!problem.body().to_string().contains("password"));
        assert_eq!(problem.cause().unwrap(), "the storage is not available: password of the database is wrong");
    }

    #[test]
    fn a_lost_race_may_be_run_again() {
        assert!(Problem::from(StoreError::lost_race("")).is_retryable());
        assert!(!Problem::from(StoreError::fault("")).is_retryable());
    }

    #[test]
    fn faulty_fields_are_told_by_name() {
        let mut errors = FieldErrors::one("title", FieldFault::TooLong { max: 100 });
        errors.add("category", FieldFault::NotAUuid { sent: "abc".to_owned() });
        let problem = Problem::from(Refused::Fields(errors));
        let expected = json!({
            "title": ["Ensure this field has no more than 100 characters."],
            "category": ["“abc” is not a valid UUID."],
        });
        assert_eq!((problem.status(), problem.body()), (StatusCode::BAD_REQUEST, &expected));
    }

    const WORDS: Words = Words(|refusal| match refusal.code {
        "test.not_found" => Some(json!({ "detail": "Category not found." })),
        _ => None,
    });

    #[test]
    fn a_refusal_is_told_in_the_words_of_its_surface() {
        let problem = Problem::from(Refused::NotFound);
        assert_eq!(problem.body(), &json!({ "detail": "Not found." }));
        assert_eq!(problem.clone().worded(Words::NONE).body(), problem.body());
        assert_eq!(problem.worded(WORDS).body(), &json!({ "detail": "Category not found." }));
    }

    #[test]
    fn a_route_rewords_only_the_code_it_means() {
        let problem = Problem::from(Refused::NotFound);
        let other = problem.clone().reworded("test.in_use", "x").worded(WORDS);
        assert_eq!(other.body(), &json!({ "detail": "Category not found." }));
        let reworded = problem.reworded("test.not_found", "Category not found").worded(WORDS);
        assert_eq!(reworded.body(), &json!({ "detail": "Category not found" }));
    }
}
