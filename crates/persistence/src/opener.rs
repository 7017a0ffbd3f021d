//! Opens and configures connections, and tells the pool which ones to discard.

use crate::connection::SqlConnection;
use crate::errors::is_lost_race;
use crate::url::Target;
use diesel::connection::SimpleConnection;
use diesel::r2d2::R2D2Connection;
use diesel::{Connection, ConnectionError, ConnectionResult, PgConnection, QueryResult, SqliteConnection};
use std::convert::Infallible;
use std::fs::{DirBuilder, OpenOptions};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A connection, and whether it can be reused.
pub(super) struct Link {
    pub(super) connection: SqlConnection,
    pub(super) is_broken: bool,
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Statements that change nothing. SQLite refuses others; so does PostgreSQL, outside of a transaction that asks to
    /// write.
    Read,
    /// Transactions.
    Write,
    /// Changes of the schema, which may take long.
    Migrate,
}

/// Opens connections to one database for one purpose.
#[derive(Clone)]
pub(super) struct Opener {
    pub(super) target: Target,
    pub(super) purpose: Purpose,
    pub(super) statement_timeout: Duration,
}

/// How long a SQLite connection waits for a lock that another process holds.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long it waits for a process that migrates the file, before it migrates the file itself.
const MIGRATION_WAIT: Duration = Duration::from_secs(60);
/// The pause between two attempts where SQLite does not wait.
const WRITE_AHEAD_PAUSE: Duration = Duration::from_millis(10);

/// Defaults for libpq, unless the address sets them: a dead server is detected within seconds.
const LIBPQ_DEFAULTS: [(&str, &str); 6] = [
    ("connect_timeout", "5"),
    ("keepalives_idle", "15"),
    ("keepalives_interval", "5"),
    ("keepalives_count", "3"),
    // What was sent and is not even received is not waited for longer; keepalives see to silent connections only.
    ("tcp_user_timeout", "15000"),
    ("application_name", "ease"),
];

/// Some outages are recognised by their messages only. The server decides who may choose their language.
const SPEAK_ENGLISH: &str =
    "DO $$ BEGIN SET lc_messages = 'C'; EXCEPTION WHEN insufficient_privilege THEN NULL; END $$";

/// For PostgreSQL, a scan reads every row of a table, so it conflicts with every change of the table. Small tables are scanned unless
/// scans are disabled. Without an index the scan happens anyway, at an artificial cost that would trigger JIT compilation, so
/// that is off, too.
const FOLLOW_INDEXES: &str = "SET enable_seqscan = off; SET jit = off";

impl Opener {
    pub(super) fn open(&self) -> ConnectionResult<Link> {
        let connection = match &self.target {
            Target::Postgres(url) => SqlConnection::Postgres(self.open_postgres(url)?),
            Target::Sqlite(path) => SqlConnection::Sqlite(self.open_sqlite(path)?),
        };
        Ok(Link { connection, is_broken: false })
    }

    pub(super) fn open_postgres(&self, url: &str) -> ConnectionResult<PgConnection> {
        let mut connection = PgConnection::establish(&with_defaults(url))?;
        let settings = match self.purpose {
            Purpose::Migrate => "SET statement_timeout = 0".to_owned(),
            Purpose::Read | Purpose::Write => {
                // A node that is gone in the middle of a transaction does not keep its locks for longer than a statement
                // may take.
                let limit = self.statement_timeout.as_millis();
                format!(
                    "SET statement_timeout = {limit}; SET idle_in_transaction_session_timeout = {limit}; \
                     SET default_transaction_read_only = on; {FOLLOW_INDEXES}; {SPEAK_ENGLISH}"
                )
            }
        };
        connection.batch_execute(&settings).map_err(ConnectionError::CouldntSetupConfiguration)?;
        Ok(connection)
    }

    pub(super) fn open_sqlite(&self, path: &Path) -> ConnectionResult<SqliteConnection> {
        let name = plain_path(path);
        let mut connection = SqliteConnection::establish(&name)?;
        let busy_timeout = if self.purpose == Purpose::Migrate { MIGRATION_WAIT } else { BUSY_TIMEOUT };
        let settings = format!(
            "PRAGMA busy_timeout = {}; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; \
             PRAGMA trusted_schema = OFF; PRAGMA query_only = {};",
            busy_timeout.as_millis(),
            if self.purpose == Purpose::Read { "ON" } else { "OFF" }
        );
        connection.batch_execute(&settings).map_err(ConnectionError::CouldntSetupConfiguration)?;
        if self.purpose != Purpose::Read {
            write_ahead(&mut connection).map_err(ConnectionError::CouldntSetupConfiguration)?;
        }
        Ok(connection)
    }
}

/// Switches the file to WAL, so that readers and a writer do not block each other; the file remembers it.
///
/// This changes a new file, and SQLite does not wait here for another process that changes it, such as one that starts.
fn write_ahead(connection: &mut SqliteConnection) -> QueryResult<()> {
    let since = Instant::now();
    loop {
        match connection.batch_execute("PRAGMA journal_mode = WAL") {
            Err(error) if is_lost_race(&error) && since.elapsed() < BUSY_TIMEOUT => sleep(WRITE_AHEAD_PAUSE),
            outcome => return outcome,
        }
    }
}

/// SQLite reads a name that begins with `file:` as a URI, so our names always begin with a path.
fn plain_path(path: &Path) -> String {
    if path.is_absolute() { path.display().to_string() } else { PathBuf::from(".").join(path).display().to_string() }
}

fn with_defaults(url: &str) -> String {
    let mut url = url.to_owned();
    for (name, value) in LIBPQ_DEFAULTS {
        if !url.contains(&format!("{name}=")) {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.extend([name, "=", value]);
        }
    }
    url
}

/// Creates the file and its directory, readable by their owner only. SQLite gives its other files the same permissions.
pub(super) fn create_sqlite_file(path: &Path) -> std::io::Result<()> {
    let mut directories = DirBuilder::new();
    directories.recursive(true);
    let mut file = OpenOptions::new();
    file.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        directories.mode(0o700);
        file.mode(0o600);
    }
    if let Some(directory) = path.parent().filter(|directory| !directory.as_os_str().is_empty()) {
        directories.create(directory)?;
    }
    file.open(path).map(drop)
}

/// A slot of a pool: empty until a connection is needed, and again after the connection broke.
///
/// The pool opens no connections. It would do so in the background, with pauses between attempts, while callers wait. A caller that
/// opens its own connection gets a refusal at once, and notices at once that the database is back.
pub(super) type Slot = Option<Link>;

impl r2d2::ManageConnection for Opener {
    type Connection = Slot;
    type Error = Infallible;

    fn connect(&self) -> Result<Slot, Infallible> {
        Ok(None)
    }

    /// Never called: a statement detects a broken connection, which saves a round trip.
    fn is_valid(&self, _slot: &mut Slot) -> Result<(), Infallible> {
        Ok(())
    }

    fn has_broken(&self, slot: &mut Slot) -> bool {
        // The second is also a transaction that nobody ended, because what ran in it panicked.
        slot.as_mut().is_none_or(|link| link.is_broken || link.connection.is_broken())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_it_says_itself() {
        let url = with_defaults("postgres://localhost/ease?connect_timeout=1");
        assert!(url.starts_with("postgres://localhost/ease?connect_timeout=1&keepalives_idle=15&"), "{url}");
        assert!(with_defaults("postgres://localhost/ease").contains("/ease?connect_timeout=5&"));
    }

    #[test]
    fn no_file_name_is_an_address() {
        assert_eq!(plain_path(Path::new("file:ease.db")), "./file:ease.db");
        assert_eq!(plain_path(Path::new("/data/ease.db")), "/data/ease.db");
    }
}
