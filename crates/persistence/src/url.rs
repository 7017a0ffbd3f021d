//! Which database to open, and how many connections to it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::thread::available_parallelism;
use std::time::Duration;
use thiserror::Error;

/// Which database to open: `sqlite://path` or `postgres://user:password@host/name`. Its output contains no password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(pub(super) Target);

/// The engine, and where it is.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Target {
    Sqlite(PathBuf),
    Postgres(String),
}

/// Why an address of a database cannot be used. It never contains the address, which may contain a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadDatabaseUrl {
    /// Another scheme, or none.
    #[error("a database address begins with sqlite://, postgres:// or postgresql://")]
    Scheme,
    /// Nothing after the scheme.
    #[error("the database address ends after its scheme; write sqlite://path/of/the/file or postgres://user@host/name")]
    Empty,
    /// A database in memory: every connection would have its own.
    #[error("a SQLite database in memory is not supported; name a file")]
    InMemory,
    /// Options after the path of a SQLite file.
    #[error("a SQLite address takes no options; name the file only")]
    SqliteOptions,
    /// A character that is not allowed in an address.
    #[error("the database address holds a null character")]
    Nul,
}

impl DatabaseUrl {
    /// The file, when the engine is SQLite.
    pub fn sqlite_path(&self) -> Option<&Path> {
        match &self.0 {
            Target::Sqlite(path) => Some(path),
            Target::Postgres(_) => None,
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = BadDatabaseUrl;

    fn from_str(text: &str) -> Result<Self, BadDatabaseUrl> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://").ok_or(BadDatabaseUrl::Scheme)?;
        if text.contains('\0') {
            return Err(BadDatabaseUrl::Nul);
        }
        match scheme {
            "sqlite" => match rest {
                "" => Err(BadDatabaseUrl::Empty),
                _ if rest.contains(":memory:") => Err(BadDatabaseUrl::InMemory),
                _ if rest.contains('?') => Err(BadDatabaseUrl::SqliteOptions),
                _ => Ok(Self(Target::Sqlite(PathBuf::from(rest)))),
            },
            "postgres" | "postgresql" if rest.is_empty() => Err(BadDatabaseUrl::Empty),
            "postgres" | "postgresql" => Ok(Self(Target::Postgres(text.to_owned()))),
            _ => Err(BadDatabaseUrl::Scheme),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Target::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            // The user's part and the options may hold the password; the server and the database do not.
            Target::Postgres(url) => {
                let (_, rest) = url.split_once("://").unwrap_or_default();
                let (before, options) = rest.split_once(['?', '#']).unwrap_or((rest, ""));
                // A password with one of these characters in it, or an option with an `@`: nobody can tell which.
                let place = if options.contains('@') { "(secret)" } else { before };
                write!(f, "postgres://{}", place.rsplit_once('@').map_or(place, |(_, place)| place))
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

/// The number of connections, and time limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolOptions {
    /// Connections to PostgreSQL, or readers of the SQLite file (which has one writer besides); at least one.
    pub size: u32,
    /// How long a caller waits for a connection.
    pub wait: Duration,
    /// The time limit of a statement on PostgreSQL.
    pub statement_timeout: Duration,
}

impl Default for PoolOptions {
    /// Two connections per core; more connections make all requests slower.
    fn default() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self {
            size: u32::try_from(cores.saturating_mul(2)).unwrap_or(2),
            wait: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(30),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_chooses_the_engine() {
        let sqlite: DatabaseUrl = "sqlite://data/ease.db".parse().unwrap();
        assert_eq!(sqlite.sqlite_path(), Some(Path::new("data/ease.db")));
        let absolute: DatabaseUrl = "sqlite:///var/lib/ease.db".parse().unwrap();
        assert_eq!(absolute.sqlite_path(), Some(Path::new("/var/lib/ease.db")));
        for postgres in ["postgres://localhost/ease", "postgresql://localhost/ease"] {
            assert_eq!(postgres.parse::<DatabaseUrl>().unwrap().sqlite_path(), None);
        }
    }

    #[test]
    fn a_refusal_says_what_would_be_right_and_repeats_nothing() {
        for bad in ["mysql://root:secret@localhost/ease", "data/ease.db", "", "postgres:secret"] {
            let error = bad.parse::<DatabaseUrl>().unwrap_err();
            assert_eq!(error, BadDatabaseUrl::Scheme);
            assert!(error.to_string().contains("sqlite://") && !error.to_string().contains("secret"));
        }
        assert_eq!("sqlite://".parse::<DatabaseUrl>(), Err(BadDatabaseUrl::Empty));
        assert_eq!("sqlite://:memory:".parse::<DatabaseUrl>(), Err(BadDatabaseUrl::InMemory));
        assert_eq!("sqlite://ease.db?mode=ro".parse::<DatabaseUrl>(), Err(BadDatabaseUrl::SqliteOptions));
    }

    #[test]
    fn a_password_is_never_printed() {
        for url in [
            "postgres://ann:secret@db.example.org:5432/ease",
            "postgres://ann:sec@ret:secret@db.example.org:5432/ease?password=secret",
            "postgres://db.example.org:5432/ease?user=ann&password=secret",
        ] {
            let url: DatabaseUrl = url.parse().unwrap();
            assert_eq!(url.to_string(), "postgres://db.example.org:5432/ease");
            assert_eq!(format!("{url:?}"), "DatabaseUrl(postgres://db.example.org:5432/ease)");
        }
        for url in
            ["postgres://ann:sec?ret@db/ease", "postgres://ann:sec#ret@db/ease", "postgres://db/ease?password=s@t"]
        {
            let url: DatabaseUrl = url.parse().unwrap();
            assert_eq!(url.to_string(), "postgres://(secret)");
        }
    }
}
