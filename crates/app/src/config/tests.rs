//! Every kind of mistake in a configuration is named; every source wins over the one below it.

use super::keys::{DEFAULTS, defaults, variable_of};
use super::{Config, LogFormat, Sources, fuzzing};
use audit::{LockTime, LockoutRule};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;
use tempfile::NamedTempFile;
use toml::Value;
use tracing_subscriber::filter::LevelFilter;

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// Sources without a file on this machine.
fn sources(environment: &[(&str, &str)]) -> Sources {
    let (sources, _file) = sources_with_file("", environment);
    Sources { file: None, ..sources }
}

fn sources_with_file(text: &str, environment: &[(&str, &str)]) -> (Sources, NamedTempFile) {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let environment = environment.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    (Sources { environment, file: Some(file.path().to_owned()) }, file)
}

fn load(environment: &[(&str, &str)]) -> Config {
    Config::load(&sources(environment)).unwrap()
}

fn refusal(file: &str, environment: &[(&str, &str)]) -> String {
    let (sources, _file) = sources_with_file(file, environment);
    Config::load(&sources).unwrap_err().to_string()
}

#[test]
fn the_defaults_are_a_configuration() {
    let config = load(&[]);
    assert_eq!(config.http.listen, "127.0.0.1:8000".parse().unwrap());
    assert_eq!(config.storage.database_url.to_string(), "sqlite://data/ease.db");
    assert_eq!(config.accounts.bcrypt_cost, 12);
    assert_eq!(config.accounts.lockout, LockoutRule::default());
    assert_eq!(config.limits.stop.shutdown, Duration::from_secs(10));
    assert_eq!((config.log.format, config.log.level), (LogFormat::Text, LevelFilter::INFO));
    assert!(config.http.allowed_hosts.is_empty() && config.http.client_origins.is_empty());
    assert!(config.accounts.secret_key.is_none() && config.accounts.first_superuser.is_none());
    assert!(config.storage.connections >= 2 && config.accounts.hashing_threads >= 1);
}

#[test]
fn only_a_node_that_has_others_takes_its_time_to_hand_over_unless_told_to() {
    let drain = |environment: &[_]| load(environment).limits.stop.drain.as_secs();
    let redis = ("REDIS_URL", "redis://localhost");
    assert_eq!((drain(&[]), drain(&[redis])), (0, 10));
    assert_eq!((drain(&[("EASE_DRAIN_SECONDS", "20")]), drain(&[redis, ("EASE_DRAIN_SECONDS", "0")])), (20, 0));
    assert!(refusal("", &[("EASE_DRAIN_SECONDS", "-2")]).contains("-1 to 600"));
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_defaults() {
    let file = "bcrypt_cost = 11\nlockout_minutes = 0\nlisten = \"127.0.0.1:9000\"\n";
    let (sources, _file) = sources_with_file(file, &[("EASE_BCRYPT_COST", "10")]);
    let config = Config::load(&sources).unwrap();
    assert_eq!(config.accounts.bcrypt_cost, 10);
    assert_eq!(config.accounts.lockout.lock_time, LockTime::UntilUnlocked);
    assert_eq!(config.http.listen.port(), 9000);
    assert_eq!(config.accounts.hashing_queue, 64);
}

#[test]
fn the_file_may_be_named_in_the_environment() {
    let (_, file) = sources_with_file("chat_history_max = 7", &[]);
    let config = load(&[("EASE_CONFIG", file.path().to_str().unwrap())]);
    assert_eq!(config.chat.history_max, 7);
}

#[test]
fn a_named_file_that_is_missing_is_refused() {
    let sources = Sources { file: Some(PathBuf::from("/nowhere/ease.toml")), ..Sources::default() };
    let told = Config::load(&sources).unwrap_err().to_string();
    assert!(told.contains("/nowhere/ease.toml: cannot be read"), "{told}");
}

#[test]
fn port_is_every_address_unless_the_listen_address_is_given() {
    assert_eq!(load(&[("PORT", "5000")]).http.listen, "0.0.0.0:5000".parse().unwrap());
    let both = load(&[("PORT", "5000"), ("EASE_LISTEN", "127.0.0.1:6000")]);
    assert_eq!(both.http.listen, "127.0.0.1:6000".parse().unwrap());
    let (over_file, _file) = sources_with_file("listen = \"127.0.0.1:7000\"", &[("PORT", "5000")]);
    assert_eq!(Config::load(&over_file).unwrap().http.listen.port(), 5000);
    assert!(refusal("", &[("PORT", "http")]).contains("PORT: must be a port, from 0 to 65535"));
}

#[test]
fn unknown_settings_are_named_with_the_known_ones() {
    let told = refusal("bcrypt_costs = 12\n[chat]\nhistory = 1\n", &[("EASE_LISTN", "x"), ("EASE_SECRET_KEY", KEY)]);
    for expected in
        ["bcrypt_costs in ", "chat in ", "EASE_LISTN: is no setting; ", "EASE_SECRET_KEY: is called SECRET_KEY"]
    {
        assert!(told.contains(expected), "{expected} not in: {told}");
    }
    assert!(told.contains("listen, lockout_failures"), "{told}");
}

#[test]
fn wrong_types_are_named_with_the_right_one() {
    let told = refusal(
        "bcrypt_cost = \"12\"\nlisten = 8000\ndebug = 1\n",
        &[("EASE_CHAT_HISTORY_MAX", "many"), ("EASE_MIGRATE", "perhaps")],
    );
    for (name, allowed) in [
        ("bcrypt_cost in ", "must be a whole number"),
        ("listen in ", "must be a text in quotes"),
        ("debug in ", "must be true or false"),
        ("EASE_CHAT_HISTORY_MAX: ", "must be a whole number"),
        ("EASE_MIGRATE: ", "must be true or false"),
    ] {
        let line = told.lines().find(|line| line.trim_start().starts_with(name));
        assert!(line.is_some_and(|line| line.ends_with(allowed)), "{name} not in: {told}");
    }
}

#[test]
fn every_number_has_the_range_that_its_comment_names() {
    for (key, default) in defaults().unwrap() {
        let Value::Integer(_) = default else { continue };
        let name = variable_of(&key);
        for beyond in ["-2", "9223372036854775807"] {
            let told = refusal("", &[(&name, beyond)]);
            let range = told.split_once("whole number ").unwrap_or_else(|| panic!("{key} has no range: {told}")).1;
            let comment = DEFAULTS.split(&format!("\n{key} = ")).next().unwrap().rsplit("\n\n").next().unwrap();
            let comment = comment.replace("\n# ", " ");
            assert!(comment.contains(range), "{key} is {range}, but its comment is: {comment}");
        }
    }
}

#[test]
fn texts_with_a_form_are_refused_by_name() {
    for (name, wrong) in [
        ("EASE_LISTEN", "localhost"),
        ("EASE_METRICS_LISTEN", "localhost:9100"),
        ("EASE_TRUSTED_PROXIES", "proxy.example.net"),
        ("EASE_RATE_LIMIT", "perhaps"),
        ("EASE_PUBLIC_URL", "shop.example.net"),
        ("ALLOWED_HOSTS", "https://shop.example.net"),
        ("CLIENT_ORIGIN", "shop.example.net"),
        ("CLIENT_ORIGIN_DEV", "http://localhost:3000/app"),
        ("DATABASE_URL", "mysql://localhost/ease"),
        ("REDIS_URL", "http://:s3cret@cache"),
        ("REDIS_URL", "rediss://:s3cret@cache/#insecure"),
        ("EASE_REDIS_PREFIX", "two words"),
        ("SECRET_KEY", "too short"),
        ("EASE_LOG_FORMAT", "xml"),
        ("EASE_LOG_LEVEL", "loud"),
        ("EASE_SUPERUSER_EMAIL", "root"),
    ] {
        let told = refusal("", &[(name, wrong)]);
        assert!(told.contains(&format!("\n  {name}: must ")), "{name} not in: {told}");
        assert!(!told.contains(wrong), "a value was shown: {told}");
    }
}

#[test]
fn a_file_that_is_not_toml_is_refused_without_showing_it() {
    let told = refusal("# first\nsecret_key = \"s3cret", &[]);
    assert!(told.contains("line 2 is not TOML"), "{told}");
    assert!(!told.contains("s3cret"), "{told}");
}

#[test]
fn a_short_key_is_taken_and_known_to_be_weak() {
    assert!(load(&[("SECRET_KEY", "sixteen bytes ok")]).accounts.secret_key_is_weak());
    assert!(!load(&[("SECRET_KEY", KEY)]).accounts.secret_key_is_weak());
    assert!(!load(&[]).accounts.secret_key_is_weak());
}

#[test]
fn postgresql_needs_a_key() {
    let url = ("DATABASE_URL", "postgres://ease:pass@db/ease");
    let told = refusal("", &[url]);
    assert!(told.contains("secret_key: must be set on PostgreSQL"), "{told}");
    assert!(!told.contains("pass"), "{told}");
    assert_eq!(load(&[url, ("SECRET_KEY", KEY)]).accounts.secret_key.unwrap().reveal(), KEY);
}

#[test]
fn a_first_superuser_needs_address_and_password() {
    let told = refusal("", &[("EASE_SUPERUSER_EMAIL", "root@example.org")]);
    assert!(told.contains("EASE_SUPERUSER_EMAIL: needs superuser_password"), "{told}");
    let config = load(&[("EASE_SUPERUSER_EMAIL", "root@example.org"), ("EASE_SUPERUSER_PASSWORD", " with blanks ")]);
    let first = config.accounts.first_superuser.unwrap();
    assert_eq!((first.email.as_str(), first.password.reveal()), ("root@example.org", " with blanks "));
}

#[test]
fn lists_are_separated_by_blanks_or_commas() {
    let config = load(&[
        ("ALLOWED_HOSTS", "ease.example.org, .example.com [::1]"),
        ("CLIENT_ORIGIN", "https://App.example.org/"),
        ("CLIENT_ORIGIN_DEV", "http://localhost:3000,http://127.0.0.1:3000"),
    ]);
    assert_eq!(config.http.allowed_hosts, ["ease.example.org", ".example.com", "[::1]"]);
    let origins = ["https://app.example.org", "http://localhost:3000", "http://127.0.0.1:3000"];
    assert_eq!(config.http.client_origins, origins);
}

#[test]
fn an_empty_variable_is_not_set() {
    let config = load(&[("DATABASE_URL", ""), ("EASE_BCRYPT_COST", ""), ("PORT", ""), ("REDIS_URL", "")]);
    assert_eq!((config.accounts.bcrypt_cost, config.http.listen.port()), (12, 8000));
    assert!(config.storage.redis.is_none());
}

#[test]
fn debug_raises_the_log_level_and_never_lowers_it() {
    assert_eq!(load(&[("DEBUG", "True")]).log.level, LevelFilter::DEBUG);
    assert_eq!(load(&[("DEBUG", "1"), ("EASE_LOG_LEVEL", "trace")]).log.level, LevelFilter::TRACE);
}

#[test]
fn variables_of_the_previous_system_without_use_are_collected() {
    let config = load(&[("OPENAI_KEY", "x"), ("CELERY_BROKER", "x"), ("MYSQL_HOST", "x"), ("HOME", "/root")]);
    assert_eq!(config.without_use, ["CELERY_BROKER", "MYSQL_HOST", "OPENAI_KEY"]);
}

#[test]
fn no_secret_is_in_the_debug_output() {
    let config = load(&[
        ("DATABASE_URL", "postgres://ease:hidden-1@db/ease"),
        ("SECRET_KEY", "hidden-2-0123456789abcdef0123456789abcdef"),
        ("EASE_SUPERUSER_EMAIL", "root@example.org"),
        ("EASE_SUPERUSER_PASSWORD", "hidden-3"),
        ("REDIS_URL", "redis://:hidden-4@cache"),
    ]);
    assert!(!format!("{config:?}").contains("hidden"));
}

#[test]
fn nothing_is_traced_until_a_collector_is_named() {
    assert!(load(&[]).traces.is_none());
    let base = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/");
    let whole = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://traces.example.org/intake?tenant=1");
    let collector = |environment: &[(&str, &str)]| load(environment).traces.unwrap().collector.to_string();
    assert_eq!(collector(&[base]), "http://collector:4318/v1/traces");
    assert_eq!(collector(&[whole]), whole.1);
    assert_eq!(collector(&[base, whole]), whole.1);
}

#[test]
fn traces_are_configured_as_open_telemetry_says() {
    let traces = load(&[
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20hidden, x-tenant = 7,"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "2500"),
        ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=staging"),
        ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"),
        ("OTEL_TRACES_SAMPLER_ARG", "0.25"),
        ("OTEL_BSP_MAX_QUEUE_SIZE", "7"),
    ]);
    assert_eq!(traces.without_use, ["OTEL_BSP_MAX_QUEUE_SIZE"]);
    let traces = traces.traces.unwrap();
    let headers = traces.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap()));
    assert_eq!(headers.collect::<Vec<_>>(), [("authorization", "Bearer hidden"), ("x-tenant", "7")]);
    assert_eq!((traces.timeout, traces.service_name.as_str()), (Duration::from_millis(2500), "ease"));
    assert_eq!(traces.resource, [("deployment.environment.name".to_owned(), "staging".to_owned())]);
    assert_eq!(format!("{:?}", traces.sampler), "ParentBased(TraceIdRatioBased(0.25))");
    assert!(!format!("{traces:?} {:?}", traces.headers).contains("hidden"));
}

#[test]
fn every_mistake_about_traces_is_named_and_not_shown() {
    for (name, wrong) in [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector-hidden:4317"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "grpc://hidden:4317"),
        ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "/hidden"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "hidden"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "hid den=1"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "x-key=hidden%0A"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc-hidden"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "0"),
        ("OTEL_RESOURCE_ATTRIBUTES", "=hidden"),
        ("OTEL_TRACES_SAMPLER", "hidden"),
        ("OTEL_TRACES_SAMPLER_ARG", "1.5"),
        ("OTEL_TRACES_SAMPLER_ARG", "hidden"),
    ] {
        let told = refusal("", &[(name, wrong)]);
        assert!(told.contains(&format!("\n  {name}: must ")), "{name}={wrong} not in: {told}");
        assert!(!told.contains("hid"), "a value was shown: {told}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_261_121), ..ProptestConfig::default() })]

    #[test]
    fn addresses_are_taken_or_refused_and_show_no_password(
        any in "\\PC{0,40}",
        near in "((sqlite|postgres|redis|rediss|unix|http|https)://)?([a-z0-9%:@/?#\\[\\]=&.,-]|[0-9]{1,6}){0,20}",
    ) {
        fuzzing::addresses(&any);
        fuzzing::addresses(&near);
    }
}
