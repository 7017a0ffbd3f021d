//! A place for a server: a directory, an empty database, and the settings that tests need.

use super::PATIENCE;
use super::postgres_database::PostgresDatabase;
use super::server::{PASSWORD, ROOT, Server};
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Where everything is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    /// In a file.
    Sqlite,
    /// On the server of `TEST_DATABASE_URL`.
    Postgres,
}

/// A place for a server, which may be started there again and again.
pub(crate) struct Home {
    storage: Arc<Storage>,
    settings: Vec<(String, String)>,
    /// What a shell does before it becomes the binary.
    shell: Option<&'static str>,
}

/// What a server keeps its data in. It is removed when the home and every server of it are gone: a server whose database is
/// dropped while it starts does not start.
pub(crate) struct Storage {
    directory: TempDir,
    database: Option<PostgresDatabase>,
}

/// The binary under test: the one that was built with the tests, unless `EASE_TEST_BINARY` names another one.
pub(crate) fn binary() -> OsString {
    env::var_os("EASE_TEST_BINARY").unwrap_or_else(|| env!("CARGO_BIN_EXE_ease").into())
}

impl Home {
    /// An empty place.
    pub(crate) fn new(engine: Engine) -> Self {
        let database = (engine == Engine::Postgres).then(PostgresDatabase::create);
        let url = database.as_ref().map(PostgresDatabase::url);
        Self::with_database(database).set_up(url.as_deref())
    }

    /// An empty place, with its data on a PostgreSQL that somebody else looks after.
    pub(crate) fn on(postgres_url: &str) -> Self {
        Self::with_database(None).set_up(Some(postgres_url))
    }

    fn with_database(database: Option<PostgresDatabase>) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        Self { storage: Arc::new(Storage { directory, database }), settings: Vec::new(), shell: None }
    }

    fn set_up(self, postgres_url: Option<&str>) -> Self {
        // Cheap hashes: what they cost is a story of its own.
        let home = self.with("EASE_LISTEN", "127.0.0.1:0").with("EASE_BCRYPT_COST", "10");
        match postgres_url {
            None => home.with("DATABASE_URL", "sqlite://data/ease.db"),
            Some(url) => {
                home.with("DATABASE_URL", url).with("SECRET_KEY", &"s3cret-key-".repeat(4)).with("EASE_MIGRATE", "true")
            }
        }
    }

    /// The same place, where files can be kept from growing: see [`Server::keep_files_below`].
    pub(crate) fn with_room_to_lose(mut self) -> Self {
        // The system would end a process whose file cannot grow; a full disk does not do that.
        self.shell = Some("trap '' XFSZ");
        self
    }

    /// The same place with one more variable in the environment of what runs there.
    pub(crate) fn with(mut self, variable: &str, value: &str) -> Self {
        self.settings.push((variable.to_owned(), value.to_owned()));
        self
    }

    /// The same place without a variable.
    pub(crate) fn without(mut self, variable: &str) -> Self {
        self.settings.retain(|(name, _)| name != variable);
        self
    }

    /// The same place, where the first start makes the superuser [`ROOT`].
    pub(crate) fn with_root(self) -> Self {
        self.with("EASE_SUPERUSER_EMAIL", ROOT).with("EASE_SUPERUSER_PASSWORD", PASSWORD)
    }

    /// What its data is kept in, for whoever needs it longer than the home.
    pub(crate) fn storage(&self) -> Arc<Storage> {
        Arc::clone(&self.storage)
    }

    /// The directory in which everything runs.
    pub(crate) fn directory(&self) -> &Path {
        self.storage.directory.path()
    }

    /// The file that a server on SQLite keeps everything in.
    pub(crate) fn sqlite_file(&self) -> PathBuf {
        self.directory().join("data/ease.db")
    }

    /// The binary with some arguments, in this place and with nothing of the environment of the tests.
    pub(crate) fn ease(&self, arguments: &[&str]) -> Command {
        let mut command = match self.shell {
            None => Command::new(binary()),
            Some(before) => {
                let mut command = Command::new("/bin/sh");
                command.arg("-c").arg(format!("{before}; exec \"$0\" \"$@\"")).arg(binary());
                command
            }
        };
        command.args(arguments).current_dir(self.directory()).env_clear().stdin(Stdio::null());
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs the binary to its end, which must come.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let mut command = self.ease(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        let limit = Instant::now() + PATIENCE;
        while child.try_wait().expect("it is our child").is_none() {
            if Instant::now() > limit {
                drop(child.kill());
                let output = child.wait_with_output().expect("it ends");
                panic!("`ease {}` does not end: {output:?}", arguments.join(" "));
            }
            thread::sleep(Duration::from_millis(10));
        }
        child.wait_with_output().expect("it has ended")
    }

    /// Runs a script in the database, which must be on PostgreSQL.
    pub(crate) fn run_sql(&self, script: &str) {
        self.storage.database.as_ref().expect("a database on PostgreSQL").run(script);
    }

    /// Starts a server.
    pub(crate) fn start(&self) -> Server {
        Server::start(self)
    }
}
