//! `ease configuration`: the reference page of all settings.

use crate::Outcome;
use crate::config::reference_page;
use crate::terminal::say;

/// Prints the reference page of all settings.
pub(crate) fn configuration() -> Outcome {
    Ok(say(reference_page().trim_end())?)
}
