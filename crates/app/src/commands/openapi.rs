//! `ease openapi`: the description of the API.

use crate::outcome::Outcome;
use crate::terminal::say;

/// Prints the description of the API, as YAML or JSON.
pub(crate) fn openapi(json: bool) -> Outcome {
    let document = api::openapi();
    let text = if json { document.to_pretty_json()? } else { document.to_yaml()? };
    Ok(say(text.trim_end())?)
}
