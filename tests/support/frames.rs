//! The description of the socket's frames, and whether frames are as it says.

use jsonschema::Validator;
use serde_json::{Value, json};
use std::sync::OnceLock;

const DOCUMENT: &str = include_str!("../../docs/asyncapi.yaml");

struct Frames {
    history: Validator,
    live: Validator,
    error: Validator,
}

/// Insists that a frame from the server is one of those that are described.
pub(crate) fn check(frame: &Value) {
    static FRAMES: OnceLock<Frames> = OnceLock::new();
    let frames = FRAMES.get_or_init(|| {
        let document: Value = yaml_serde::from_str(DOCUMENT).expect("YAML");
        let validator = |name: &str| {
            let schema = json!({
                "$ref": format!("#/components/schemas/{name}"), "components": document["components"],
            });
            jsonschema::options().should_validate_formats(true).build(&schema).expect("a sound schema")
        };
        Frames { history: validator("History"), live: validator("Live"), error: validator("Error") }
    });
    let validator = match frame {
        Value::Array(_) => &frames.history,
        frame if frame.get("error").is_some() => &frames.error,
        _ => &frames.live,
    };
    let problems: Vec<String> = validator.iter_errors(frame).map(|error| error.to_string()).collect();
    assert!(problems.is_empty(), "the frame is not as described: {problems:?} in {frame}");
}
