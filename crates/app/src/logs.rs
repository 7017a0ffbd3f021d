//! Log lines on standard error, as text or JSON.

use crate::config::{LogConfig, LogFormat};
use std::error::Error;
use std::io;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry, fmt};

/// The crates of this workspace; other libraries only log warnings and errors.
const OWN: [&str; 14] = [
    "accounts",
    "api",
    "audit",
    "auth",
    "bus",
    "categories",
    "chat",
    "ease",
    "http",
    "ledger",
    "persistence",
    "store",
    "throttle",
    "users",
];

/// Its errors are clients that do not speak HTTP, so anybody could fill the log with them.
const CLIENT_FAULTS: &str = "actix_http::h1::dispatcher";

/// Starts logging for the rest of the process.
///
/// # Errors
/// When logging was started before.
pub(crate) fn start(config: &LogConfig) -> Result<(), Box<dyn Error + Send + Sync>> {
    let libraries = config.level.min(LevelFilter::WARN);
    let filter = Targets::new()
        .with_default(libraries)
        .with_target(CLIENT_FAULTS, LevelFilter::OFF)
        .with_targets(OWN.map(|name| (name, config.level)));
    let lines = fmt::layer().with_writer(io::stderr);
    let layer: Box<dyn Layer<Registry> + Send + Sync> = match config.format {
        LogFormat::Text => lines.with_ansi(false).with_filter(filter).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_filter(filter).boxed(),
    };
    tracing_subscriber::registry().with(layer).try_init()?;
    Ok(())
}
