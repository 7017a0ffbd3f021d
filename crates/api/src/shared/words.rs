//! How refusals are told that have the same words on every surface: those of credentials and of keys of requests.

use http::Refusal;
use serde_json::{Value, json};

/// The body for a refusal; `None` for one that is a surface's own.
pub(crate) fn tell(refusal: &Refusal) -> Option<Value> {
    let detail = match refusal.code {
        "auth.no_credentials" => "Authentication credentials were not provided.",
        "auth.bad_header" => {
            let detail = "Authorization header must contain two space-delimited values";
            return Some(json!({ "detail": detail, "code": "bad_authorization_header" }));
        }
        "auth.token_invalid" => {
            return Some(json!({
                "detail": "Given token not valid for any token type",
                "code": "token_not_valid",
                "messages": [{
                    "token_class": "AccessToken",
                    "token_type": "access",
                    "message": "Token is invalid or expired",
                }],
            }));
        }
        "auth.token_revoked" => {
            let detail = "Token has been blacklisted.";
            return Some(json!({ "error": detail, "detail": detail }));
        }
        "auth.user_inactive" => return Some(json!({ "detail": "User is inactive", "code": "user_inactive" })),
        "auth.user_not_found" => return Some(json!({ "detail": "User not found", "code": "user_not_found" })),
        "auth.key_unknown" => "Invalid token.",
        "idempotency.malformed_key" => "Idempotency-Key must be a string of 1 to 255 visible ASCII characters.",
        "idempotency.other_request" => "This Idempotency-Key was used for a request with another body.",
        "idempotency.still_running" => "A request with this Idempotency-Key is still running. Try again in a moment.",
        _ => return None,
    };
    Some(json!({ "detail": detail }))
}
