//! What holds for whatever strangers send: one function per reader, which panics when it does not hold. The tests call
//! them with what they make up, and libFuzzer, by `scripts/fuzz`, with what it finds.

use crate::body::Body;
use crate::client::{Client, TrustedProxies};
use crate::conditions::{Conditions, EntityTag};
use crate::credentials::Credentials;
use crate::cursors::Cursors;
use crate::limits::RequestLimits;
use crate::middleware::{TRACEPARENT, TRACESTATE, TraceContext};
use crate::policy::BodyKind;
use crate::problem::Problem;
use crate::sockets::Heads;
use crate::wire::path_uuid;
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    AUTHORIZATION, CONTENT_TYPE, FORWARDED, HeaderMap, HeaderName, HeaderValue, IF_MATCH, IF_NONE_MATCH,
    X_FORWARDED_FOR, X_FORWARDED_PROTO,
};
use actix_web::web::Bytes;
use auth::Tokens;
use futures_util::{StreamExt, stream};
use idempotency::Key;
use kernel::chrono::DateTime;
use kernel::{IdSource, Instant, Money, Raw, UserId, Uuid};
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::time::timeout;
use users::Email;

/// What a body may be here.
const LIMITS: RequestLimits = RequestLimits {
    plain_max_bytes: 2048,
    multipart_max_bytes: 2048,
    body_timeout: Duration::from_secs(60),
    answer_timeout: Duration::from_secs(60),
};
/// When a body that is there from the beginning counts as never read.
const PATIENCE: Duration = Duration::from_secs(30);

/// The value of a field, as text and as a number, and the same as a part of a path.
///
/// It is an amount, a date, a time, a reference or an address. What is taken is within its limits, and is read back as the same from how it is written.
pub fn value(text: &str) {
    for raw in [Raw::Text(text.to_owned()), Raw::Number(text.to_owned())] {
        let again = |written: String| Raw::Text(written);
        if let Ok(money) = Money::parse(&raw) {
            assert!((-Money::MAX.minor()..=Money::MAX.minor()).contains(&money.minor()), "{money}");
            assert_eq!(Money::parse(&again(money.to_string())), Ok(money));
        }
        if let Ok(email) = Email::parse(&raw) {
            assert_eq!(Email::parse(&again(email.to_string())), Ok(email));
        }
        if let Ok(id) = raw.as_uuid() {
            assert_eq!(again(id.to_string()).as_uuid(), Ok(id));
        }
        if let Ok(date) = raw.as_date() {
            assert_eq!(date.to_string(), text.trim());
        }
        if let Ok(time) = raw.as_time() {
            assert!(time.format("%H:%M:%S%.6f").to_string().starts_with(text.trim()), "{time} was {text}");
        }
    }
    if let Some(id) = path_uuid(text) {
        assert!(id.to_string().eq_ignore_ascii_case(text), "{id} was {text}");
    }
}

/// What is told apart by a secret: the `Authorization` header, tokens and cursors. Nothing that was not made with the
/// secret is taken.
pub fn credentials(line: &[u8]) {
    const SECRET: &[u8] = b"a secret that nobody outside knows";
    let Ok(header) = HeaderValue::from_bytes(line) else { return };
    let credentials = Credentials::read(&only(&AUTHORIZATION, header));
    let text = String::from_utf8_lossy(line);
    let now = Instant::new(DateTime::UNIX_EPOCH);
    for token in [credentials.token().ok(), Some(&*text)].into_iter().flatten() {
        assert!(Tokens::new(SECRET).read(token, now).is_err(), "a token was made up");
        assert_eq!(Cursors::new(SECRET).open("expenses", UserId(1), token), None, "a cursor was made up");
    }
}

/// The lines of the headers that carry conditions, addresses, keys and traces. None of them says more than is in it.
pub fn header(line: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(line) else { return };
    condition(line, &value);
    forwarding(&value);
    trace(&value);
    if let Some(key) = value.to_str().ok().and_then(|line| Key::parse(line).ok()) {
        assert!((1..=Key::LENGTH_MAX).contains(&key.as_str().len()));
        let quoted = format!("\"{}\"", key.as_str().replace('\\', "\\\\").replace('"', "\\\""));
        assert!(Key::parse(&quoted).is_ok_and(|read| read == key), "{quoted}");
    }
}

fn condition(line: &[u8], value: &HeaderValue) {
    let tag = EntityTag::of(["{}"]);
    let name = tag.header();
    let names_it = line.windows(name.len()).any(|part| part == name.as_bytes()) || line.trim_ascii() == b"*";
    let read = |header: &HeaderName| Conditions::read(&only(header, value.clone()));
    assert!(names_it || !read(&IF_NONE_MATCH).is_known(&tag));
    assert!(names_it || !read(&IF_MATCH).is_matched(&tag));
}

/// A client is seen whatever it writes, directly and behind a proxy that appends.
fn forwarding(value: &HeaderValue) {
    const PROXY: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
    const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    let Some(trusted) = TrustedProxies::parse(["10.0.0.0/8"]) else { return };
    for header in [FORWARDED, X_FORWARDED_FOR, X_FORWARDED_PROTO] {
        let mut headers = only(&header, value.clone());
        assert_eq!(Client::seen(CLIENT, &headers, &trusted).address, CLIENT);
        Client::seen(PROXY, &headers, &trusted);
        headers.append(X_FORWARDED_FOR, HeaderValue::from_static("192.0.2.1"));
        let seen = Client::seen(PROXY, &headers, &trusted).address;
        assert!(seen == CLIENT || (seen == PROXY && header == FORWARDED), "{seen}");
    }
}

/// A trace that is read is passed on, and the next server reads it.
fn trace(value: &HeaderValue) {
    const PARENT: HeaderValue = HeaderValue::from_static("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    for (parent, state) in [(value, value), (&PARENT, value)] {
        let mut headers = only(&TRACEPARENT, parent.clone());
        headers.append(TRACESTATE, state.clone());
        let Some(context) = TraceContext::read(&headers, &Ids) else { continue };
        assert!(context.above().is_some_and(|above| above.is_valid()));
        let mut answer = HeaderMap::new();
        context.add_headers(&mut answer);
        let read = TraceContext::read(&answer, &Ids);
        assert_eq!(read.as_ref().map(|read| &read.trace), Some(&context.trace));
        assert!(answer.get(TRACESTATE).is_none_or(|state| state.len() <= 512));
    }
}

/// A body of any media type, which arrives in pieces. It is read, or refused with a status that says whose fault it is,
/// and where it was cut makes no difference.
pub fn body(media_type: &[u8], content: &[u8]) {
    let Ok(media_type) = HeaderValue::from_bytes(media_type) else { return };
    let Ok(runtime) = Builder::new_current_thread().enable_time().build() else { return };
    let headers = only(&CONTENT_TYPE, media_type);
    let read = |piece: usize| {
        let pieces: Vec<_> = content.chunks(piece).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        let payload = Payload::from(stream::iter(pieces).boxed_local());
        let body =
            runtime.block_on(async { timeout(PATIENCE, Body::read(&headers, payload, BodyKind::File, LIMITS)).await });
        assert!(body.is_ok(), "it is never read to its end");
        body.unwrap_or_else(|_elapsed| Body::empty())
    };
    let (whole, pieces) = (read(content.len().max(1)), read(7));
    let judged = |problem: Problem| {
        let refusals = [StatusCode::BAD_REQUEST, StatusCode::PAYLOAD_TOO_LARGE, StatusCode::UNSUPPORTED_MEDIA_TYPE];
        assert!(refusals.contains(&problem.status()), "{problem:?}");
        problem.status()
    };
    assert!(whole.form().map_err(judged) == pieces.form().map_err(judged), "the fields depend on the pieces");
    assert_eq!(whole.csv_file().map_err(judged), pieces.csv_file().map_err(judged));
}

/// The bytes of a socket. Messages are measured alike however their bytes arrive, and no more is kept than one head.
pub fn frames(bytes: &[u8], piece: usize) {
    let measured = |piece: usize| {
        let mut heads = Heads::default();
        let largest = bytes.chunks(piece).map(|piece| heads.largest_message(piece)).max();
        assert!(heads.kept_bytes() < 14, "{heads:?}");
        (largest, heads)
    };
    assert_eq!(measured(bytes.len().max(1)), measured(piece.max(1)));
}

/// A header, alone.
fn only(name: &HeaderName, value: HeaderValue) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(name.clone(), value);
    headers
}

/// Equal runs give equal identifiers.
struct Ids;

impl IdSource for Ids {
    fn uuid(&self) -> Uuid {
        Uuid::from_u128(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    /// Multipart bodies, whole and otherwise.
    fn multipart() -> impl Strategy<Value = String> {
        let name = "(; ?name=\"?[a-z;\\\\]{0,3}\"?)?(; filename=\"[a-z.]{0,3}\")?";
        let part = (name, "[a-z\r\n-]{0,9}")
            .prop_map(|(name, content)| format!("--x\r\nContent-Disposition: form-data{name}\r\n\r\n{content}\r\n"));
        (prop::collection::vec(part, 0..4), "(--x--)?(\r\n)?[a-z-]{0,3}")
            .prop_map(|(parts, end)| format!("{}{end}", parts.concat()))
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_261_121), ..ProptestConfig::default() })]

        #[test]
        fn a_value_is_taken_within_its_limits(
            any in "\\PC{0,40}",
            number in "[-+]?[0-9]{0,12}[.]?[0-9]{0,4}([eE][-+]?[0-9]{1,3})?",
            moment in "[0-9]{2,4}[-:][0-9]{2}([-:.][0-9]{2,6}){0,2}",
            reference in "(urn:uuid:|[{])?[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}[}]?",
            address in "[a-zA-Z0-9.+ ]{0,6}@[a-zA-Z0-9.-]{0,9}",
        ) {
            for text in [any, number, moment, reference, address] {
                value(&text);
            }
        }

        #[test]
        fn nothing_made_up_is_a_credential(any: Vec<u8>, near in "(Token|jwt) [A-Za-z0-9_.-]{0,60}") {
            [any.as_slice(), near.as_bytes()].into_iter().for_each(credentials);
        }

        #[test]
        fn no_header_says_more_than_is_in_it(any: Vec<u8>, near in "(for=|proto=|W/|[\"\\\\;,*\\[\\]:=. 0-9a-f-])*") {
            [any.as_slice(), near.as_bytes()].into_iter().for_each(header);
        }

        #[test]
        fn a_body_is_read_alike_however_it_arrives(
            any: Vec<u8>,
            json in r#"[{}\[\]":,a0-9.eE+\-\\tfn]{0,30}"#,
            form in "([a-z%0-9+]{0,4}=?&?){0,4}",
            parts in multipart(),
        ) {
            for media_type in ["application/json", "application/x-www-form-urlencoded", "text/csv", "multipart/form-data; boundary=x"] {
                for sent in [any.as_slice(), json.as_bytes(), form.as_bytes(), parts.as_bytes()] {
                    body(media_type.as_bytes(), sent);
                }
            }
            body(&any, parts.as_bytes());
        }
    }
}
