//! `ease configuration`: the reference page of all settings.

use crate::config::reference_page;
use crate::terminal::say;
use crate::Outcome;

/// Prints the reference page of all settings.
pub(crate) fn configuration() -> Outcome {
    Ok(say(reference_page().trim_end())?)
}
