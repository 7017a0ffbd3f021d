//! Merges environment, file and defaults, and refuses unknown settings.

use super::errors::ConfigErrors;
use super::keys::{defaults, type_of, variable_of};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};
use toml::{Table, Value};

/// The file that is read when none is given; it may be missing.
const DEFAULT_FILE: &str = "config/ease.toml";

/// The variable that names the configuration file, like `--config`.
const CONFIG_VARIABLE: &str = "EASE_CONFIG";

/// Variables of deployments of the previous system that have no effect here, and those of OpenTelemetry that are no keys.
const WITHOUT_USE: [&str; 3] = ["DISABLE_COLLECTSTATIC", "OPENAI_KEY", "PYTHON_VERSION"];
const WITHOUT_USE_PREFIXES: [&str; 4] = ["CELERY_", "CLOUDINARY_", "MYSQL_", "OTEL_"];

/// Where settings come from, apart from the defaults.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// The environment.
    pub(crate) environment: BTreeMap<OsString, OsString>,
    /// The file named on the command line.
    pub(crate) file: Option<PathBuf>,
}

impl Sources {
    /// The environment of this process, and the file named on the command line.
    pub(crate) fn of_process(file: Option<PathBuf>) -> Self {
        Self { environment: std::env::vars_os().collect(), file }
    }
}

/// One value for each known key, and where it came from.
#[derive(Debug)]
pub(crate) struct Layers {
    /// The value of each key.
    pub(crate) values: Table,
    /// The name by which each key was set; keys with their default are missing.
    pub(crate) set_as: BTreeMap<String, String>,
    /// Variables that are set and have no effect.
    pub(crate) without_use: Vec<String>,
}

impl Layers {
    /// Merges the sources. An error is noted, and the default is kept.
    ///
    /// # Errors
    /// When the built-in defaults cannot be read.
    pub(crate) fn gather(sources: &Sources, errors: &mut ConfigErrors) -> Result<Self, toml::de::Error> {
        let mut layers = Self { values: defaults()?, set_as: BTreeMap::new(), without_use: Vec::new() };
        layers.lay_file(sources, errors);
        layers.lay_environment(sources, errors);
        Ok(layers)
    }

    fn lay_file(&mut self, sources: &Sources, errors: &mut ConfigErrors) {
        let from_environment =
            sources.environment.get(&OsString::from(CONFIG_VARIABLE)).filter(|name| !name.is_empty());
        let named = sources.file.clone().or_else(|| from_environment.map(PathBuf::from));
        let path = named.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_FILE));
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => return errors.add(&path.display().to_string(), format_args!("cannot be read: {error}")),
        };
        match text.parse::<Table>() {
            Ok(table) => self.lay_table(table, &path, errors),
            Err(error) => errors.add(&path.display().to_string(), unreadable(&text, &error)),
        }
    }

    fn lay_table(&mut self, table: Table, path: &Path, errors: &mut ConfigErrors) {
        let file = path.display();
        for (key, value) in table {
            let name = format!("{key} in {file}");
            match self.values.get(&key) {
                None => errors.add(&name, self.no_such_setting()),
                Some(default) if !default.same_type(&value) => {
                    errors.add(&name, format_args!("must be {}", type_of(default)));
                }
                Some(_) => {
                    self.set_as.insert(key.clone(), name);
                    self.values.insert(key, value);
                }
            }
        }
    }

    fn lay_environment(&mut self, sources: &Sources, errors: &mut ConfigErrors) {
        let keys: BTreeMap<String, String> = self.values.keys().map(|key| (variable_of(key), key.clone())).collect();
        for (name, text) in &sources.environment {
            let Some(name) = name.to_str() else { continue };
            if let Some(key) = keys.get(name) {
                self.lay_variable(name, key, text, errors);
            } else if let Some(rest) = name.strip_prefix("EASE_").filter(|_| name != CONFIG_VARIABLE) {
                match keys.get_key_value(rest) {
                    Some((variable, _)) => errors.add(name, format_args!("is called {variable}")),
                    None => errors.add(name, self.no_such_setting()),
                }
            } else if WITHOUT_USE.contains(&name) || WITHOUT_USE_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
            {
                self.without_use.push(name.to_owned());
            }
        }
        self.lay_port(sources, errors);
    }

    fn lay_variable(&mut self, name: &str, key: &str, text: &OsString, errors: &mut ConfigErrors) {
        let Some(default) = self.values.get(key).filter(|_| !text.is_empty()) else { return };
        let value = text.to_str().and_then(|text| match default {
            Value::String(_) => Some(Value::String(text.to_owned())),
            Value::Integer(_) => text.trim().parse().ok().map(Value::Integer),
            Value::Boolean(_) => boolean(text).map(Value::Boolean),
            Value::Float(_) | Value::Datetime(_) | Value::Array(_) | Value::Table(_) => None,
        });
        match (value, default) {
            (Some(value), _) => {
                self.set_as.insert(key.to_owned(), name.to_owned());
                self.values.insert(key.to_owned(), value);
            }
            (None, Value::String(_)) => errors.add(name, "must be text in UTF-8"),
            (None, default) => errors.add(name, format_args!("must be {}", type_of(default))),
        }
    }

    /// Turns a hosting platform's `PORT` into an address, unless one is set.
    fn lay_port(&mut self, sources: &Sources, errors: &mut ConfigErrors) {
        const LISTEN: &str = "listen";
        let listen_is_given = self.set_as.get(LISTEN).is_some_and(|name| *name == variable_of(LISTEN));
        let Some(text) = sources.environment.get(&OsString::from("PORT")) else { return };
        if listen_is_given || text.is_empty() {
            return;
        }
        match text.to_str().and_then(|text| text.trim().parse::<u16>().ok()) {
            Some(port) => {
                self.set_as.insert(LISTEN.to_owned(), "PORT".to_owned());
                self.values.insert(LISTEN.to_owned(), Value::String(format!("0.0.0.0:{port}")));
            }
            None => errors.add("PORT", "must be a port, from 0 to 65535"),
        }
    }

    fn no_such_setting(&self) -> String {
        let known: Vec<&str> = self.values.keys().map(String::as_str).collect();
        format!("is no setting; the settings are {}", known.join(", "))
    }
}

fn boolean(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// The parser's own message shows the line, which may contain a secret; this one has only position and reason.
fn unreadable(text: &str, error: &toml::de::Error) -> String {
    let start = error.span().map_or(0, |span| span.start);
    let line = text.bytes().take(start).filter(|byte| *byte == b'\n').count().saturating_add(1);
    format!("line {line} is not TOML: {}", error.message())
}
