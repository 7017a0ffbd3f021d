//! `ease trail`: the actions of administrators.

use crate::config::Config;
use crate::database::{Database, Migrations};
use crate::outcome::Outcome;
use crate::terminal::say;
use audit::TrailEntry;
use kernel::StoreError;
use kernel::chrono::SecondsFormat;
use serde_json::{Value, json};
use store::Store;

/// Prints the trail, newest first, one JSON object per line.
pub(crate) fn trail(config: &Config, limit: u32) -> Outcome {
    let database = Database::open_ready(config, Migrations::ApplyOnSqlite)?;
    let store: &dyn Store = &database.store;
    let entries = store.read(|tx| -> Result<_, StoreError> { tx.list_trail(limit) })?;
    for entry in &entries {
        say(shown(entry))?;
    }
    Ok(())
}

fn shown(entry: &TrailEntry) -> Value {
    json!({
        "at": entry.at.as_datetime().to_rfc3339_opts(SecondsFormat::Micros, true),
        "actor": entry.actor.map(|actor| actor.0),
        "action": entry.action.as_str(),
        "subject": entry.subject.0,
        "details": entry.details,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use audit::Action;
    use kernel::chrono::DateTime;
    use kernel::{Instant, UserId};

    #[test]
    fn an_entry_is_one_line_of_json() {
        let entry = TrailEntry {
            at: Instant::new(DateTime::from_timestamp_micros(1_800_000_000_000_007).unwrap()),
            actor: None,
            action: Action::UserCreated,
            subject: UserId(7),
            details: "two\nlines".to_owned(),
        };
        let line = shown(&entry).to_string();
        assert_eq!(
            line,
            r#"{"action":"user_created","actor":null,"at":"2027-01-15T08:00:00.000007Z","details":"two\nlines","subject":7}"#
        );
    }
}
