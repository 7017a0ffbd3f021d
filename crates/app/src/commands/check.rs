//! `ease check`: tries everything that a start needs, and says what to do about what is wrong.

use crate::Outcome;
use crate::config::{Config, Sources};
use crate::database::{Database, described};
use crate::terminal::say;
use crate::with_causes;
use std::io;

/// Tries the configuration, the database and its schema, without changing anything.
pub(crate) fn check(sources: &Sources) -> Outcome {
    let config = match Config::load(sources) {
        Ok(config) => config,
        Err(problems) => {
            say(format_args!("configuration: {problems}"))?;
            return Err("the configuration has to be put right first; docs/configuration.md explains every key".into());
        }
    };
    say("configuration: ok")?;
    if check_database(&config)? { Ok(()) } else { Err("the server would not start like this".into()) }
}

/// Whether a start would do.
fn check_database(config: &Config) -> io::Result<bool> {
    let url = &config.storage.database_url;
    let name = described(url);
    if let Some(path) = url.sqlite_path().filter(|path| !path.exists()) {
        say(format_args!("database: {} is not there yet; the first start makes it", path.display()))?;
        return Ok(true);
    }
    let database = match Database::open(config) {
        Ok(database) => database,
        Err(error) => {
            say(format_args!("database: {}; is DATABASE_URL right, and is the server up?", with_causes(&error)))?;
            return Ok(false);
        }
    };
    say(format_args!("database: ok ({name})"))?;
    check_key(config, &database)?;
    match database.store.pending_migrations() {
        Ok(pending) if pending.is_empty() => say("migrations: ok").map(|()| true),
        Ok(pending) => {
            let will_migrate = url.sqlite_path().is_some() || config.storage.migrate;
            let next = if will_migrate { "the next start applies them" } else { "run `ease migrate`" };
            say(format_args!("migrations: {} pending ({}); {next}", pending.len(), pending.join(", ")))?;
            Ok(will_migrate)
        }
        Err(error) => say(format_args!("migrations: {}", with_causes(&error))).map(|()| false),
    }
}
