//! `ease check`: tests everything that a start needs, and says how to repair it.

use crate::config::{Config, Sources};
use crate::database::Database;
use crate::outcome::{Outcome, with_causes};
use crate::secret_key;
use crate::terminal::say;
use actix_web::rt::System;
use std::io;
use std::time::Duration;

/// A Redis that takes longer for one operation is too slow.
const TIME_LIMIT: Duration = Duration::from_secs(3);

/// Tests the configuration, the database and its schema, and Redis, without changing anything.
pub(crate) fn check(sources: &Sources) -> Outcome {
    let config = match Config::load(sources) {
        Ok(config) => config,
        Err(errors) => {
            say(format_args!("configuration: {errors}"))?;
            return Err("the configuration has to be put right first; docs/configuration.md explains every key".into());
        }
    };
    say("configuration: ok")?;
    let (starts, reaches_others) = (check_database(&config)?, check_redis(&config)?);
    match (starts, reaches_others) {
        (true, true) => Ok(()),
        (true, false) => Err("the server would start like this, but not reach other nodes".into()),
        (false, _) => Err("the server would not start like this".into()),
    }
}

/// Whether Redis works, if one is configured.
fn check_redis(config: &Config) -> io::Result<bool> {
    let Some(url) = &config.storage.redis else {
        return say("redis: not set, so there must be one node only").map(|()| true);
    };
    let trying = redis_link::try_out(url, &config.storage.redis_prefix, TIME_LIMIT);
    match System::new().block_on(trying) {
        Ok(()) => say("redis: ok").map(|()| true),
        Err(failure) => {
            say(format_args!("redis: {failure}. Is REDIS_URL right, is the server up, and may its user do this?"))?;
            Ok(false)
        }
    }
}

/// Whether a start would succeed.
fn check_database(config: &Config) -> io::Result<bool> {
    let url = &config.storage.database_url;
    if let Some(path) = url.sqlite_path().filter(|path| !path.exists()) {
        say(format_args!("database: {} is not there yet; the first start makes it", path.display()))?;
        return Ok(true);
    }
    let database = match Database::open(config) {
        Ok(database) => database,
        Err(error) => {
            say(format_args!("database: {}. Is DATABASE_URL right, and is the server up?", with_causes(&error)))?;
            return Ok(false);
        }
    };
    say(format_args!("database: ok ({})", database.described()))?;
    let key_is_good = check_key(config)?;
    let schema_is_good = check_schema(config, &database)?;
    Ok(key_is_good && schema_is_good)
}

/// Whether the stored key can be used; the configuration has checked a configured one.
fn check_key(config: &Config) -> io::Result<bool> {
    let kept = config.storage.database_url.sqlite_path().filter(|_| config.accounts.secret_key.is_none());
    match kept.map(secret_key::find_beside) {
        None | Some(Ok(Some(_))) => say("secret key: ok").map(|()| true),
        Some(Ok(None)) => say("secret key: none yet; the next start makes one").map(|()| true),
        Some(Err(error)) => say(format_args!("secret key: {error}")).map(|()| false),
    }
}

/// Whether the schema is the newest, or the next start migrates it.
fn check_schema(config: &Config, database: &Database) -> io::Result<bool> {
    match database.store.pending_migrations() {
        Ok(pending) if pending.is_empty() => say("migrations: ok").map(|()| true),
        Ok(pending) => {
            let will_migrate = config.storage.database_url.sqlite_path().is_some() || config.storage.migrate;
            let next = if will_migrate { "the next start applies them" } else { "run `ease migrate`" };
            say(format_args!("migrations: {} pending ({}); {next}", pending.len(), pending.join(", ")))?;
            Ok(will_migrate)
        }
        Err(error) => say(format_args!("migrations: {}", with_causes(&error))).map(|()| false),
    }
}
