//! Properties of all addresses that an operator may write. Tests call them with generated input, and libFuzzer, through
//! `scripts/fuzz`, with what it finds.

use super::{Config, Sources};
use persistence::DatabaseUrl;
use std::collections::BTreeMap;

/// The addresses of the database, of Redis and of the collector, and the collector's headers. They are accepted, or refused
/// by the names of their settings, and no message shows a password.
pub(crate) fn addresses(text: &str) {
    const PASSWORD: &str = "s3cret";
    load([text; 4]);
    let [database, redis, collector, headers] = [
        ("postgres://ann:", "@db.example.org/ease"),
        ("redis://ann:", "@cache.example.org"),
        ("http://ann:", "@collector.example.org"),
        ("authorization=", ""),
    ]
    .map(|(before, after)| format!("{before}{PASSWORD}{text}{PASSWORD}{after}"));
    let told = load([&database, &redis, &collector, &headers]);
    assert!(!told.contains(PASSWORD), "{told}");
    let told = database.parse::<DatabaseUrl>().map(|url| format!("{url} {url:?}")).unwrap_or_default();
    assert!(!told.contains(PASSWORD), "{told}");
}

/// Everything that is printed of a configuration.
fn load(values: [&str; 4]) -> String {
    const VARIABLES: [&str; 4] =
        ["DATABASE_URL", "REDIS_URL", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS"];
    let addresses = VARIABLES.into_iter().zip(values);
    // PostgreSQL needs this, too.
    let settings = addresses.chain([("SECRET_KEY", "0123456789abcdef0123456789abcdef")]);
    let environment: BTreeMap<_, _> = settings.map(|(name, value)| (name.into(), value.into())).collect();
    match Config::load(&Sources { environment, file: None }) {
        Ok(config) => format!("{config:?}"),
        Err(errors) => {
            let told = errors.to_string();
            let mut lines = told.lines().skip(1);
            assert!(lines.all(|line| VARIABLES.iter().any(|name| line.contains(&format!("{name}: ")))), "{told}");
            told
        }
    }
}
