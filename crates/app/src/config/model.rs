//! The settings as the rest of the binary sees them: one struct for each concern.

use super::budgets::BudgetsConfig;
use super::errors::ConfigErrors;
use super::http::HttpConfig;
use super::layers::{Layers, Sources};
use super::reader::Reader;
use super::secret::Secret;
use super::traces::TracesConfig;
use audit::{LockTime, LockoutRule};
use kernel::Raw;
use persistence::{BadDatabaseUrl, DatabaseUrl};
use redis_link::{BadRedisUrl, RedisUrl};
use std::fs;
use std::num::NonZero;
use std::thread;
use std::time::Duration;
use tracing_subscriber::filter::LevelFilter;
use users::Email;

/// The least length of the key that signs tokens; the keys of previous systems are as short as this.
const SECRET_KEY_BYTES_MIN: usize = 16;
/// The length from which on the key is as strong as the digest that it keys (RFC 7518, section 3.2).
const SECRET_KEY_BYTES_STRONG: usize = 32;

/// How long a node that has others hands over to them, unless told otherwise: balancers ask every few seconds.
const DRAIN_SECONDS_AMONG_OTHERS: u64 = 10;

/// The most bytes that names in Redis may begin with.
const REDIS_PREFIX_BYTES_MAX: usize = 64;

/// All settings, checked.
#[derive(Debug)]
pub(crate) struct Config {
    /// Where and to whom to answer.
    pub(crate) http: HttpConfig,
    /// Where everything is kept.
    pub(crate) storage: StorageConfig,
    /// Secrets, passwords and locks.
    pub(crate) accounts: AccountsConfig,
    /// What a client may ask for.
    pub(crate) limits: LimitsConfig,
    /// How much each client may take.
    pub(crate) budgets: BudgetsConfig,
    /// The support chat.
    pub(crate) chat: ChatConfig,
    /// The logs.
    pub(crate) log: LogConfig,
    /// Where spans are sent, if anywhere.
    pub(crate) traces: Option<TracesConfig>,
    /// Variables that are set and have no use here.
    pub(crate) without_use: Vec<String>,
}

/// Where everything is kept.
#[derive(Debug)]
pub(crate) struct StorageConfig {
    /// The database.
    pub(crate) database_url: DatabaseUrl,
    /// How many connections to open, and how many threads work with them.
    pub(crate) connections: u32,
    /// Whether a start may migrate PostgreSQL.
    pub(crate) migrate: bool,
    /// The Redis that connects several nodes, if one was named.
    pub(crate) redis: Option<RedisUrl>,
    /// What the names of all things in that Redis begin with.
    pub(crate) redis_prefix: String,
}

/// Secrets, passwords and locks.
#[derive(Debug)]
pub(crate) struct AccountsConfig {
    /// The key that signs tokens, if one was given.
    pub(crate) secret_key: Option<Secret>,
    /// The cost of hashing a password.
    pub(crate) bcrypt_cost: u32,
    /// How many threads hash passwords.
    pub(crate) hashing_threads: usize,
    /// How many logins may wait for one of them.
    pub(crate) hashing_queue: usize,
    /// When failed logins lock an account.
    pub(crate) lockout: LockoutRule,
    /// Who to make when there is no superuser.
    pub(crate) first_superuser: Option<FirstSuperuser>,
    /// The password for `ease createsuperuser`, if one was given.
    pub(crate) superuser_password: Option<Secret>,
    /// Time between two removals of dead sessions and of answers that are kept no longer.
    pub(crate) session_purge: Duration,
}

/// Who to make when there is no superuser.
#[derive(Debug)]
pub(crate) struct FirstSuperuser {
    /// Its address.
    pub(crate) email: Email,
    /// Its password.
    pub(crate) password: Secret,
}

/// What a client may ask for.
#[derive(Debug)]
pub(crate) struct LimitsConfig {
    /// The largest body of a request.
    pub(crate) body_bytes_max: usize,
    /// The largest multipart body.
    pub(crate) multipart_bytes_max: usize,
    /// The largest file to import.
    pub(crate) import_bytes_max: usize,
    /// The most rows of a file to import.
    pub(crate) import_rows_max: u32,
    /// Time for an import, from the head of its request to its answer.
    pub(crate) import_timeout: Duration,
    /// The longest path with its query.
    pub(crate) target_bytes_max: usize,
    /// The most headers.
    pub(crate) headers_max: usize,
    /// The most bytes of all headers.
    pub(crate) header_bytes_max: usize,
    /// Time to send the head of a request.
    pub(crate) header_timeout: Duration,
    /// Time to send the body of a request.
    pub(crate) read_timeout: Duration,
    /// Time to answer a request.
    pub(crate) request_timeout: Duration,
    /// Time that an idle connection stays open.
    pub(crate) keep_alive: Duration,
    /// Connections that are served at a time.
    pub(crate) connections_max: usize,
    /// Times of a stop.
    pub(crate) stop: StopLimits,
}

/// Times of a stop.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StopLimits {
    /// Time in which the node hands over to the others.
    pub(crate) drain: Duration,
    /// Time to finish what is open after that.
    pub(crate) shutdown: Duration,
}

/// The support chat.
#[derive(Debug)]
pub(crate) struct ChatConfig {
    /// How many messages a socket is sent when it opens.
    pub(crate) history_max: u32,
    /// The largest frame that comes in.
    pub(crate) frame_bytes_max: usize,
    /// Time between two pings.
    pub(crate) heartbeat: Duration,
    /// Time that a client has to take a frame.
    pub(crate) send_timeout: Duration,
}

/// The logs.
#[derive(Debug)]
pub(crate) struct LogConfig {
    /// The form of the lines.
    pub(crate) format: LogFormat,
    /// The least severity.
    pub(crate) level: LevelFilter,
}

/// The form of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

impl Config {
    /// Reads and checks every setting.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub(crate) fn load(sources: &Sources) -> Result<Self, ConfigErrors> {
        let mut errors = ConfigErrors::default();
        let layers = match Layers::gather(sources, &mut errors) {
            Ok(layers) => layers,
            Err(error) => {
                errors.add("the built-in defaults", error.message());
                return Err(errors);
            }
        };
        let mut reader = Reader::new(&layers, &mut errors);
        let storage = storage(&mut reader);
        let accounts = accounts(&mut reader, storage.as_ref());
        let http = HttpConfig::read(&mut reader);
        let limits = limits(&mut reader, storage.as_ref());
        let budgets = BudgetsConfig::read(&mut reader);
        let chat = chat(&mut reader);
        let log = log(&mut reader);
        let traces = TracesConfig::read(&mut reader);
        let without_use = layers.without_use.clone();
        match storage {
            Some(storage) if errors.is_empty() => {
                Ok(Self { http, storage, accounts, limits, budgets, chat, log, traces, without_use })
            }
            _ => Err(errors),
        }
    }
}

/// How many things can run at a time on this machine.
pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

fn storage(reader: &mut Reader<'_>) -> Option<StorageConfig> {
    let connections = reader.number("database_connections", 0, 1000);
    let two_per_core = || u32::try_from(cores().saturating_mul(2)).unwrap_or(u32::MAX);
    let migrate = reader.flag("migrate");
    let redis = redis(reader);
    let redis_prefix = redis_prefix(reader);
    let url = reader.secret("database_url").unwrap_or_else(|| Secret::new(String::new()));
    match url.reveal().parse() {
        Ok(database_url) => Some(StorageConfig {
            database_url,
            connections: if connections == 0 { two_per_core() } else { connections },
            migrate,
            redis,
            redis_prefix,
        }),
        Err(error) => {
            let error: BadDatabaseUrl = error;
            reader.refuse(
                "database_url",
                format_args!("must be sqlite://path or postgres://user:password@host/name: {error}"),
            );
            None
        }
    }
}

impl AccountsConfig {
    /// Whether the key that signs tokens is set, and weaker than its digest.
    pub(crate) fn secret_key_is_weak(&self) -> bool {
        self.secret_key.as_ref().is_some_and(|key| key.reveal().len() < SECRET_KEY_BYTES_STRONG)
    }
}

fn redis(reader: &mut Reader<'_>) -> Option<RedisUrl> {
    let (url, certificates) = (reader.secret("redis_url"), reader.text("redis_ca_file"));
    let url: RedisUrl = match url?.reveal().parse() {
        Ok(url) => url,
        Err(error) => {
            let error: BadRedisUrl = error;
            reader.refuse("redis_url", format_args!("must be redis:// or rediss://user:password@host:port: {error}"));
            return None;
        }
    };
    let Some(file) = certificates else { return Some(url) };
    let read = fs::read(&file).map_err(|error| error.to_string());
    let trusting = read.and_then(|read| url.trusting(read).map_err(|error| error.to_string()));
    trusting
        .map_err(|error| reader.refuse("redis_ca_file", format_args!("must be a PEM file, for rediss://: {error}")))
        .ok()
}

fn redis_prefix(reader: &mut Reader<'_>) -> String {
    let prefix = reader.text("redis_prefix").unwrap_or_default();
    if prefix.is_empty() || prefix.len() > REDIS_PREFIX_BYTES_MAX || prefix.contains(char::is_whitespace) {
        reader.refuse("redis_prefix", format_args!("must be 1 to {REDIS_PREFIX_BYTES_MAX} bytes without blanks"));
    }
    prefix
}

fn accounts(reader: &mut Reader<'_>, storage: Option<&StorageConfig>) -> AccountsConfig {
    let secret_key = reader.secret("secret_key");
    match &secret_key {
        Some(key) if key.reveal().len() < SECRET_KEY_BYTES_MIN => {
            reader.refuse("secret_key", format_args!("must have at least {SECRET_KEY_BYTES_MIN} bytes"));
        }
        None if storage.is_some_and(|storage| storage.database_url.sqlite_path().is_none()) => {
            reader.refuse(
                "secret_key",
                "must be set on PostgreSQL: SECRET_KEY, the same on every node, at least 16 bytes, better 32",
            );
        }
        Some(_) | None => {}
    }
    let superuser_password = reader.secret("superuser_password");
    let hashing_threads = reader.number("hashing_threads", 0, 256);
    AccountsConfig {
        secret_key,
        bcrypt_cost: reader.number("bcrypt_cost", 10, 15),
        hashing_threads: if hashing_threads == 0 { cores() } else { hashing_threads },
        hashing_queue: reader.number("hashing_queue", 1, 10_000),
        lockout: lockout(reader),
        first_superuser: first_superuser(reader, superuser_password.as_ref()),
        superuser_password,
        session_purge: seconds(reader, "session_purge_seconds", 1, 86_400),
    }
}

fn lockout(reader: &mut Reader<'_>) -> LockoutRule {
    let minutes: i64 = reader.number("lockout_minutes", 0, 525_600);
    LockoutRule {
        failures_allowed: reader.number("lockout_failures", 1, 1000),
        window_seconds: reader.number("lockout_window_seconds", 1, 86_400),
        lock_time: if minutes == 0 { LockTime::UntilUnlocked } else { LockTime::Seconds(minutes.saturating_mul(60)) },
    }
}

fn first_superuser(reader: &mut Reader<'_>, password: Option<&Secret>) -> Option<FirstSuperuser> {
    let Ok(email) = Email::parse(&Raw::Text(reader.text("superuser_email")?)) else {
        reader.refuse("superuser_email", "must be an e-mail address");
        return None;
    };
    let Some(password) = password else {
        reader.refuse("superuser_email", "needs superuser_password (EASE_SUPERUSER_PASSWORD) beside it");
        return None;
    };
    Some(FirstSuperuser { email, password: password.clone() })
}

fn limits(reader: &mut Reader<'_>, storage: Option<&StorageConfig>) -> LimitsConfig {
    LimitsConfig {
        body_bytes_max: reader.number("body_bytes_max", 1024, 67_108_864),
        multipart_bytes_max: reader.number("multipart_bytes_max", 1024, 67_108_864),
        import_bytes_max: reader.number("import_bytes_max", 1024, 268_435_456),
        import_rows_max: reader.number("import_rows_max", 1, 1_000_000),
        import_timeout: seconds(reader, "import_timeout_seconds", 1, 3600),
        target_bytes_max: reader.number("target_bytes_max", 256, 65_536),
        headers_max: reader.number("headers_max", 16, 96),
        header_bytes_max: reader.number("header_bytes_max", 1024, 65_536),
        header_timeout: seconds(reader, "header_timeout_seconds", 1, 300),
        read_timeout: seconds(reader, "read_timeout_seconds", 1, 3600),
        request_timeout: seconds(reader, "request_timeout_seconds", 1, 3600),
        keep_alive: seconds(reader, "keep_alive_seconds", 0, 3600),
        connections_max: reader.number("connections_max", 1, 1_000_000),
        stop: stop(reader, storage),
    }
}

fn stop(reader: &mut Reader<'_>, storage: Option<&StorageConfig>) -> StopLimits {
    let has_others = storage.is_some_and(|storage| storage.redis.is_some());
    let drain = match reader.number("drain_seconds", -1, 600) {
        -1_i64 => Duration::from_secs(if has_others { DRAIN_SECONDS_AMONG_OTHERS } else { 0 }),
        seconds => Duration::from_secs(u64::try_from(seconds).unwrap_or_default()),
    };
    StopLimits { drain, shutdown: seconds(reader, "shutdown_seconds", 2, 600) }
}

fn chat(reader: &mut Reader<'_>) -> ChatConfig {
    ChatConfig {
        history_max: reader.number("chat_history_max", 1, 100_000),
        frame_bytes_max: reader.number("chat_frame_bytes_max", 1024, 1_048_576),
        heartbeat: seconds(reader, "chat_heartbeat_seconds", 1, 3600),
        send_timeout: seconds(reader, "chat_send_timeout_seconds", 1, 300),
    }
}

fn log(reader: &mut Reader<'_>) -> LogConfig {
    let format = match reader.text("log_format").as_deref() {
        Some("text") => LogFormat::Text,
        Some("json") => LogFormat::Json,
        _ => {
            reader.refuse("log_format", "must be text or json");
            LogFormat::Text
        }
    };
    let level = match reader.text("log_level").as_deref() {
        Some("error") => LevelFilter::ERROR,
        Some("warn") => LevelFilter::WARN,
        Some("info") => LevelFilter::INFO,
        Some("debug") => LevelFilter::DEBUG,
        Some("trace") => LevelFilter::TRACE,
        _ => {
            reader.refuse("log_level", "must be error, warn, info, debug or trace");
            LevelFilter::INFO
        }
    };
    let level = if reader.flag("debug") { level.max(LevelFilter::DEBUG) } else { level };
    LogConfig { format, level }
}

fn seconds(reader: &mut Reader<'_>, key: &str, least: i64, most: i64) -> Duration {
    Duration::from_secs(reader.number(key, least, most))
}
