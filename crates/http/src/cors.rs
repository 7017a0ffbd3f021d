//! Which web pages may read the answers: all of them; the web client's own may send cookies too.

use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, HeaderMap, HeaderValue, VARY,
};

const METHODS: &str = "DELETE, GET, OPTIONS, PATCH, POST, PUT";
const HEADERS: &str =
    "accept, authorization, content-type, idempotency-key, if-match, if-none-match, traceparent, tracestate";
const EXPOSED: &str = "ETag, Idempotency-Replayed, Link, Location, RateLimit, RateLimit-Policy, Retry-After, X-Error-Code, X-Request-Id, traceparent, tracestate";
const ONE_DAY_SECONDS: &str = "86400";

/// The origins of the web client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cors {
    trusted: Vec<String>,
}

impl Cors {
    /// Takes origins such as `https://ease.example.org`; a slash at the end does not count.
    pub fn new<Origin: AsRef<str>>(origins: impl IntoIterator<Item = Origin>) -> Self {
        let trimmed = |origin: Origin| origin.as_ref().trim().trim_end_matches('/').to_ascii_lowercase();
        Self { trusted: origins.into_iter().map(trimmed).filter(|origin| !origin.is_empty()).collect() }
    }

    /// Adds what every answer carries.
    pub(crate) fn add_headers(&self, origin: Option<&HeaderValue>, headers: &mut HeaderMap) {
        match origin.filter(|origin| self.trusts(origin)) {
            Some(origin) => {
                headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
                headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
            }
            None => headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")).for_each(drop),
        }
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
        headers.append(VARY, HeaderValue::from_static("Origin"));
    }

    /// Adds what the answer to a preflight carries besides.
    pub(crate) fn add_preflight_headers(headers: &mut HeaderMap) {
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(HEADERS));
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(ONE_DAY_SECONDS));
    }

    fn trusts(&self, origin: &HeaderValue) -> bool {
        origin.to_str().is_ok_and(|origin| self.trusted.iter().any(|known| known.eq_ignore_ascii_case(origin)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers_for(origin: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        Cors::new(["https://Ease.example.org/", ""]).add_headers(Some(&HeaderValue::from_static(origin)), &mut headers);
        headers
    }

    #[test]
    fn the_web_client_is_echoed_and_may_send_credentials() {
        let headers = headers_for("https://ease.example.org");
        assert_eq!(headers.get(ACCESS_CONTROL_ALLOW_ORIGIN).unwrap(), "https://ease.example.org");
        assert_eq!(headers.get(ACCESS_CONTROL_ALLOW_CREDENTIALS).unwrap(), "true");
    }

    #[test]
    fn anybody_else_may_read_without_credentials() {
        let headers = headers_for("https://elsewhere.example");
        assert_eq!(headers.get(ACCESS_CONTROL_ALLOW_ORIGIN).unwrap(), "*");
        assert!(headers.get(ACCESS_CONTROL_ALLOW_CREDENTIALS).is_none());
    }
}
