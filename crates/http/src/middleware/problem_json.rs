//! Errors as RFC 9457 has them, for clients that ask for it.

use crate::problem::Problem;
use actix_web::HttpResponse;
use actix_web::http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::{Value, json};

const PROBLEM_JSON: &str = "application/problem+json";

/// Whether the client names the media type among those that it takes.
pub(crate) fn is_wanted(headers: &HeaderMap) -> bool {
    let mut ranges = headers.get_all(ACCEPT).filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    ranges.any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let named = parts.next().is_some_and(|media_type| media_type.eq_ignore_ascii_case(PROBLEM_JSON));
        let refused = |part: &str| part.strip_prefix("q=").is_some_and(|q| q.trim_end_matches(['0', '.']).is_empty());
        named && !parts.any(refused)
    })
}

/// The same answer in the shape of RFC 9457.
pub(crate) fn render(response: HttpResponse, problem: &Problem, request_id: &HeaderValue) -> HttpResponse {
    let body = json!({
        "type": format!("urn:ease:problem:{}", problem.code()),
        "title": problem.status().canonical_reason().unwrap_or("Error"),
        "status": problem.status().as_u16(),
        "detail": problem.sentence(),
        "code": problem.code(),
        "errors": field_errors(problem.body()),
        "request_id": request_id.to_str().unwrap_or_default(),
    });
    let mut response = response.set_body(body.to_string()).map_into_boxed_body();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    response
}

/// The sentences about fields, each with a pointer to its field.
fn field_errors(body: &Value) -> Vec<Value> {
    let fields = body.as_object().into_iter().flatten().filter(|(name, _)| *name != "detail" && *name != "messages");
    let errors = fields.flat_map(|(name, sentences)| {
        let pointer = match name.as_str() {
            "non_field_errors" => "#".to_owned(),
            name => format!("#/{}", name.replace('~', "~0").replace('/', "~1")),
        };
        let sentences = sentences.as_array().into_iter().flatten();
        sentences.map(move |sentence| {
            // What is wrong with a row of a file says by itself where it is.
            let place = sentence.get("row").and_then(Value::as_u64).zip(sentence.get("field").and_then(Value::as_str));
            match place {
                Some((row, field)) => {
                    json!({ "pointer": format!("#/{row}/{field}"), "detail": sentence.get("detail") })
                }
                None => json!({ "pointer": pointer, "detail": sentence }),
            }
        })
    });
    errors.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{FieldErrors, FieldFault};

    #[test]
    fn only_who_asks_for_it_gets_it() {
        for (accept, wanted) in [
            ("application/problem+json", true),
            ("application/json, Application/Problem+JSON;q=0.5", true),
            ("application/problem+json;q=0", false),
            ("*/*", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
            assert_eq!(is_wanted(&headers), wanted, "{accept}");
        }
    }

    #[test]
    fn fields_become_pointers() {
        let problem = Problem::fields("x.fields", &FieldErrors::one("title", FieldFault::Required));
        assert_eq!(
            field_errors(problem.body()),
            [json!({ "pointer": "#/title", "detail": "This field is required." })]
        );
    }
}
