//! The table of known keys, read from `config/default.toml`: names, types, defaults and meanings.

use toml::{Table, Value};

/// The defaults with their comments, as they are in the source tree.
pub(crate) const DEFAULTS: &str = include_str!("../../../../config/default.toml");

/// Variables without a prefix, which the previous system used; every other key is `EASE_` and its name.
const UNPREFIXED: [&str; 7] =
    ["allowed_hosts", "client_origin", "client_origin_dev", "database_url", "debug", "redis_url", "secret_key"];

/// The defaults as values.
///
/// # Errors
/// When the built-in table cannot be read, which a test rules out.
pub(crate) fn defaults() -> Result<Table, toml::de::Error> {
    DEFAULTS.parse()
}

/// Keys with the standard names of OpenTelemetry.
const OPEN_TELEMETRY: &str = "otel_";

/// The environment variable of a key.
pub(crate) fn variable_of(key: &str) -> String {
    let name = key.to_ascii_uppercase();
    if UNPREFIXED.contains(&key) || key.starts_with(OPEN_TELEMETRY) { name } else { format!("EASE_{name}") }
}

/// What a value of the type of `default` looks like.
pub(crate) fn type_of(default: &Value) -> &'static str {
    match default {
        Value::String(_) => "a text in quotes",
        Value::Integer(_) => "a whole number",
        Value::Boolean(_) => "true or false",
        Value::Float(_) | Value::Datetime(_) | Value::Array(_) | Value::Table(_) => "of a type that no setting has",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_only_texts_whole_numbers_and_booleans() {
        for (key, default) in defaults().unwrap() {
            assert!(matches!(default, Value::String(_) | Value::Integer(_) | Value::Boolean(_)), "{key}");
        }
    }

    #[test]
    fn variables_of_the_previous_system_keep_their_names() {
        let table = defaults().unwrap();
        for key in UNPREFIXED {
            assert!(table.contains_key(key), "{key}");
            assert_eq!(variable_of(key), key.to_uppercase());
        }
        assert_eq!(variable_of("bcrypt_cost"), "EASE_BCRYPT_COST");
        assert_eq!(variable_of("otel_service_name"), "OTEL_SERVICE_NAME");
    }
}
