//! `ease migrate`: brings the database's schema up to date.

use crate::config::Config;
use crate::database::Database;
use crate::terminal::say;
use crate::{Outcome, logs};

/// Brings the database's schema up to date, and says what that took.
pub(crate) fn migrate(config: &Config) -> Outcome {
    logs::start(&config.log)?;
    let database = Database::open(config)?;
    let applied = database.migrate()?;
    for name in &applied {
        say(format_args!("applied {name}"))?;
    }
    let done = if applied.is_empty() { "was up to date already" } else { "is up to date" };
    Ok(say(format_args!("The schema of {} {done}.", database.described()))?)
}
