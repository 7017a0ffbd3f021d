//! What clients call their requests, so that they can be repeated.

use crate::problem::Problem;
use actix_web::HttpRequest;
use actix_web::http::header::{HeaderMap, HeaderName};
use idempotency::{Key, Request, Sender};

/// The name that a client gave to its request.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// What a client calls its request, so that it can be repeated.
#[derive(Debug)]
pub(crate) struct RequestName {
    /// The method and the path of the route, whatever its parameters are.
    route: String,
    /// What stands in `Idempotency-Key`, not read yet.
    key: String,
}

impl RequestName {
    /// Finding the route costs as much as routing does, so it is done for those alone who use it.
    pub(crate) fn read(request: &HttpRequest) -> Option<Self> {
        let key = one_line(request.headers(), &IDEMPOTENCY_KEY)?;
        let pattern = request.match_pattern().unwrap_or_else(|| request.path().to_owned());
        let route = format!("{} {}", request.method(), pattern.trim_end_matches('/'));
        Some(Self { route, key })
    }

    /// The request under its name.
    ///
    /// # Errors
    /// 400 for a malformed key.
    pub(crate) fn request(&self, sender: Sender, body: &[u8]) -> Result<Request, Problem> {
        let key = Key::parse(&self.key)?;
        Ok(Request::new(sender, &self.route, &key, body))
    }
}

/// A header as one line; several of them are one list, as HTTP has it.
fn one_line(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let values = headers.get_all(name).map(|value| String::from_utf8_lossy(value.as_bytes())).collect::<Vec<_>>();
    if values.is_empty() { None } else { Some(values.join(", ")) }
}
