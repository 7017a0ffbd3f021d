//! The name of one request in answers and logs.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use kernel::IdSource;

/// The header that carries the name, in and out.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const LENGTH_MAX: usize = 128;

/// The name that the client gave, if it is plain, or else a new one.
pub(crate) fn request_id(headers: &HeaderMap, ids: Option<&dyn IdSource>) -> HeaderValue {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte);
    let given = headers
        .get(REQUEST_ID)
        .filter(|given| (1..=LENGTH_MAX).contains(&given.len()) && given.as_bytes().iter().all(plain));
    let made = || ids.and_then(|ids| HeaderValue::from_str(&ids.uuid().as_hyphenated().to_string()).ok());
    given.cloned().or_else(made).unwrap_or(HeaderValue::from_static("unknown"))
}
