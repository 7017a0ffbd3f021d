//! `ease openapi`: the description of the API.

use crate::Outcome;
use crate::terminal::say;

/// Prints the description of the API, as YAML or JSON.
pub(crate) fn openapi(json: bool) -> Outcome {
    let text = if json { api::openapi_json()? } else { api::openapi_yaml()? };
    Ok(say(text.trim_end())?)
}
