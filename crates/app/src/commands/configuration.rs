//! `ease configuration`: the reference page of all settings.

use crate::config::reference_page;
use crate::outcome::Outcome;
use crate::terminal::say;

/// Prints the reference page of all settings.
pub(crate) fn configuration() -> Outcome {
    Ok(say(reference_page().trim_end())?)
}
