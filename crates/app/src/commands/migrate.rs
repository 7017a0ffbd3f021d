//! `ease migrate`: migrates the schema.

use crate::config::Config;
use crate::database::Database;
use crate::logs;
use crate::outcome::Outcome;
use crate::terminal::say;

/// Migrates the schema, and prints what was done.
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
