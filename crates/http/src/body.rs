//! The body of a request: read within its limits, decoded when it is asked for.

use crate::limits::RequestLimits;
use crate::multipart;
use crate::policy::BodyKind;
use crate::problem::Problem;
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use actix_web::web::{Bytes, BytesMut};
use futures_util::StreamExt;
use kernel::{FieldErrors, FieldFault, Form, Raw};
use serde_json::{Value, json};
use std::fmt;

const JSON: &str = "application/json";
const URL_ENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";
const CSV: &str = "text/csv";

/// A body as it came, or why it did not come whole.
#[derive(Clone)]
pub(crate) struct Body {
    /// As the client wrote it, for the answer that refuses it.
    media_type: String,
    content: Result<Content, Problem>,
}

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    Decoded { form: Form, file: Option<Bytes>, sent: Bytes },
}

impl fmt::Debug for Body {
    /// The content may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("media_type", &self.media_type).finish_non_exhaustive()
    }
}

impl Body {
    /// No body at all.
    pub(crate) fn empty() -> Self {
        Self { media_type: String::new(), content: Ok(Content::Bytes(Bytes::new())) }
    }

    /// Reads a body. What is wrong with it is told later, to those who may know.
    pub(crate) async fn read(headers: &HeaderMap, payload: Payload, kind: BodyKind, limits: RequestLimits) -> Self {
        let media_type = headers.get(CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
        let media_type = media_type.unwrap_or_default().into_owned();
        let is_multipart = essence(&media_type) == MULTIPART;
        let bytes_max = if is_multipart { limits.multipart_max_bytes } else { limits.plain_max_bytes };
        let content = match tokio::time::timeout(limits.body_timeout, collect(headers, payload, bytes_max)).await {
            Ok(Ok(bytes)) if is_multipart && !bytes.is_empty() => {
                let parts = multipart::read(headers, bytes.clone(), kind).await;
                let parts = parts.map_err(|error| {
                    unreadable("api.broken_multipart", &format!("Multipart form parse error - {error}"))
                });
                parts.map(|(form, file)| Content::Decoded { form, file, sent: bytes })
            }
            Ok(bytes) => bytes.map(Content::Bytes),
            Err(_elapsed) => Err(too_slow()),
        };
        Self { media_type, content }
    }

    /// The bytes that were sent.
    ///
    /// # Errors
    /// 413, 408, and 400 for what did not come whole.
    pub(crate) fn sent(&self) -> Result<&[u8], Problem> {
        match &self.content {
            Ok(Content::Bytes(sent) | Content::Decoded { form: _, file: _, sent }) => Ok(sent),
            Err(problem) => Err(problem.clone()),
        }
    }

    /// The fields of the body; none when it is empty.
    ///
    /// # Errors
    /// 415 for a media type that is not ours, 413, 408, and 400 for what cannot be read.
    pub(crate) fn form(&self) -> Result<Form, Problem> {
        let bytes = match &self.content {
            Err(problem) => return Err(problem.clone()),
            Ok(Content::Decoded { form, file: _, sent: _ }) => return Ok(form.clone()),
            Ok(Content::Bytes(bytes)) if bytes.is_empty() => return Ok(Form::default()),
            Ok(Content::Bytes(bytes)) => bytes,
        };
        match essence(&self.media_type).as_str() {
            JSON => read_json(bytes),
            URL_ENCODED => read_url_encoded(bytes),
            _ => Err(self.unsupported()),
        }
    }

    /// The file of comma-separated values that the body is, or that is in it.
    ///
    /// # Errors
    /// 415 for a media type that is not ours, 413, 408, and 400 for what cannot be read or has no file.
    pub(crate) fn csv_file(&self) -> Result<&[u8], Problem> {
        match &self.content {
            Err(problem) => Err(problem.clone()),
            Ok(Content::Decoded { form: _, file: Some(file), sent: _ }) => Ok(file),
            Ok(Content::Bytes(bytes)) if essence(&self.media_type) == CSV => Ok(bytes),
            Ok(_) if essence(&self.media_type) == MULTIPART => {
                Err(Problem::fields("api.no_file", &FieldErrors::one("file", FieldFault::Required)))
            }
            Ok(_) => Err(self.unsupported()),
        }
    }

    fn unsupported(&self) -> Problem {
        let sentence = format!("Unsupported media type \"{}\" in request.", self.media_type);
        Problem::refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "api.unsupported_media_type", &sentence)
    }
}

/// The media type without its parameters.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

async fn collect(headers: &HeaderMap, mut payload: Payload, bytes_max: usize) -> Result<Bytes, Problem> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| usize::try_from(length).map_or(true, |length| length > bytes_max)) {
        return Err(too_large());
    }
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| unreadable("api.broken_body", &error.to_string()))?;
        if bytes.len().saturating_add(chunk.len()) > bytes_max {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

fn too_large() -> Problem {
    Problem::refusal(StatusCode::PAYLOAD_TOO_LARGE, "api.body_too_large", "Request body too large.")
}

fn too_slow() -> Problem {
    Problem::refusal(StatusCode::REQUEST_TIMEOUT, "api.body_too_slow", "The request body took too long to arrive.")
}

fn unreadable(code: &'static str, sentence: &str) -> Problem {
    Problem::refusal(StatusCode::BAD_REQUEST, code, sentence)
}

/// Reads a JSON object. Nesting is bounded by the parser; of a key that comes twice the last one counts.
pub fn read_json(bytes: &[u8]) -> Result<Form, Problem> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| unreadable("api.broken_json", &format!("JSON parse error - {error}")))?;
    let kind = match value {
        Value::Object(fields) => return Ok(fields.into_iter().map(|(name, value)| (name, raw(value))).collect()),
        Value::Array(_) => "list",
        Value::String(_) => "str",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::Null => "NoneType",
    };
    let sentence = format!("Invalid data. Expected a dictionary, but got {kind}.");
    let body = json!({ "non_field_errors": [sentence] });
    Err(Problem::with_body(StatusCode::BAD_REQUEST, "api.not_an_object", body))
}

fn raw(value: Value) -> Raw {
    match value {
        Value::Null => Raw::Null,
        Value::Bool(value) => Raw::Bool(value),
        Value::Number(number) => Raw::Number(number.to_string()),
        Value::String(text) => Raw::Text(text),
        Value::Array(items) => Raw::List(items.into_iter().take(Raw::ITEMS_MAX + 1).map(raw).collect()),
        Value::Object(fields) => {
            Raw::Object(Box::new(fields.into_iter().map(|(name, value)| (name, raw(value))).collect()))
        }
    }
}

/// Reads `name=value&..`; of a name that comes twice the last one counts.
pub fn read_url_encoded(bytes: &[u8]) -> Result<Form, Problem> {
    match serde_urlencoded::from_bytes::<Vec<(String, String)>>(bytes) {
        Ok(pairs) => Ok(pairs.into_iter().map(|(name, value)| (name, Raw::Text(value))).collect()),
        Err(error) => Err(unreadable("api.broken_form", &format!("Form parse error - {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;
    use std::collections::BTreeMap;

    #[test]
    fn numbers_keep_their_shortest_decimal_form() {
        let form = read_json(br#"{"a": 12.50, "b": 7, "c": 0.30000000000000004, "d": 1e2}"#).unwrap();
        let number = |text: &str| Raw::Number(text.to_owned());
        assert_eq!(form.get("a"), Some(&number("12.5")));
        assert_eq!(form.get("b"), Some(&number("7")));
        assert_eq!(form.get("c"), Some(&number("0.30000000000000004")));
        assert_eq!(form.get("d"), Some(&number("100.0")));
    }

    #[test]
    fn no_more_of_a_list_is_kept_than_tells_that_it_is_too_long() {
        let list = format!("{{\"a\": [{}0]}}", "0,".repeat(5000));
        let form = read_json(list.as_bytes()).unwrap();
        assert!(matches!(form.get("a"), Some(Raw::List(items)) if items.len() == Raw::ITEMS_MAX + 1));
    }

    #[test]
    fn the_last_of_a_doubled_key_counts() {
        let expected = Some(Raw::Text("y".to_owned()));
        assert_eq!(read_json(br#"{"a": "x", "a": "y"}"#).unwrap().get("a").cloned(), expected);
        assert_eq!(read_url_encoded(b"a=x&a=y").unwrap().get("a").cloned(), expected);
    }

    #[test]
    fn what_is_no_object_says_what_it_is() {
        for (sent, kind) in
            [("[]", "list"), ("\"a\"", "str"), ("1", "int"), ("1.5", "float"), ("true", "bool"), ("null", "NoneType")]
        {
            let problem = read_json(sent.as_bytes()).unwrap_err();
            let expected = format!("Invalid data. Expected a dictionary, but got {kind}.");
            assert_eq!(problem.body(), &json!({ "non_field_errors": [expected] }));
        }
    }

    #[test]
    fn deep_nesting_is_refused_not_followed() {
        let deep = format!("{{\"a\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        let problem = read_json(deep.as_bytes()).unwrap_err();
        assert!(problem.sentence().starts_with("JSON parse error - "));
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_261_121), ..ProptestConfig::default() })]

        #[test]
        fn a_form_is_read_as_it_was_written(fields in prop::collection::btree_map(".{0,9}", ".{0,20}", 0..6)) {
            let expected: Form = fields.iter().map(|(name, text)| (name.clone(), Raw::Text(text.clone()))).collect();
            let written = serde_urlencoded::to_string(&fields).unwrap();
            prop_assert!(read_url_encoded(written.as_bytes()).unwrap() == expected);
            let written = serde_json::to_vec(&fields).unwrap();
            prop_assert!(read_json(&written).unwrap() == expected);
        }

        #[test]
        fn values_keep_their_kind(whole: i64, truth: bool, depth in 1_usize..9) {
            let list = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            let written = format!(r#"{{"whole": {whole}, "truth": {truth}, "none": null, "list": {list}, "object": {{"a": {list}}}}}"#);
            let nested = (1..depth).fold(Raw::List(Vec::new()), |inner, _| Raw::List(vec![inner]));
            let expected: Form = BTreeMap::from([
                ("whole", Raw::Number(whole.to_string())),
                ("truth", Raw::Bool(truth)),
                ("none", Raw::Null),
                ("list", nested.clone()),
                ("object", Raw::Object(Box::new(Form::from_iter([("a", nested)])))),
            ]).into_iter().collect();
            prop_assert!(read_json(written.as_bytes()).unwrap() == expected);
        }
    }
}
