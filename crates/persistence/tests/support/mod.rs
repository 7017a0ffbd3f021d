//! Fresh databases for tests: a file for SQLite, a database of its own for PostgreSQL.
#![expect(clippy::expect_used, reason = "what fails here fails the test, with a sentence")]

use diesel::connection::SimpleConnection;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_migrations::FileBasedMigrations;
use persistence::{DatabaseUrl, PoolOptions, SqlStore};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Barrier, OnceLock};
use std::thread;
use tempfile::TempDir;

/// Removes a SQLite file when the test is over.
pub(crate) struct SqliteFile {
    _directory: TempDir,
    pub(crate) url: String,
}

/// Removes a database of the PostgreSQL server when the test is over.
pub(crate) struct PostgresDatabase {
    name: String,
    pub(crate) url: String,
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        execute(&mut server(), &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

/// A migrated store in a new file.
pub(crate) fn sqlite_store() -> (SqlStore, SqliteFile) {
    let file = sqlite_file();
    let store = open(&file.url);
    store.migrate().expect("the migrations run");
    (store, file)
}

/// The place of a new file.
pub(crate) fn sqlite_file() -> SqliteFile {
    let directory = tempfile::tempdir().expect("there is a temporary directory");
    let url = format!("sqlite://{}", directory.path().join("data/ease.db").display());
    SqliteFile { _directory: directory, url }
}

/// A connection to a file, beside any store.
pub(crate) fn sqlite_connection(url: &str) -> SqliteConnection {
    let url: DatabaseUrl = url.parse().expect("the address is right");
    let path = url.sqlite_path().and_then(Path::to_str).expect("the address is one of a file");
    SqliteConnection::establish(path).expect("the file opens")
}

/// The migrations of an engine, one by one.
pub(crate) fn migrations(engine: &str) -> FileBasedMigrations {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(engine);
    FileBasedMigrations::from_path(folder).expect("the migrations are there")
}

/// A migrated store in a new database.
pub(crate) fn postgres_store() -> (SqlStore, PostgresDatabase) {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    let database = create_database(TEMPLATE.get_or_init(migrated_template));
    (open(&database.url), database)
}

/// A new database without any table.
pub(crate) fn postgres_database() -> PostgresDatabase {
    create_database("template1")
}

pub(crate) fn open(url: &str) -> SqlStore {
    let url: DatabaseUrl = url.parse().expect("the address is right");
    SqlStore::open(&url, &PoolOptions { size: 4, ..PoolOptions::default() }).expect("the database opens")
}

fn create_database(template: &str) -> PostgresDatabase {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("ease_test_{}_{}", process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let mut server = server();
    // A test that was killed may have left one under the number of this process.
    execute(&mut server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
    execute(&mut server, &format!("CREATE DATABASE {name} TEMPLATE {template}"));
    let url = address_of(&name);
    PostgresDatabase { name, url }
}

/// The name of a database with the newest schema, made by the first test program that needs it. Copying it is much
/// faster than migrating once more.
fn migrated_template() -> String {
    diesel::table! {
        pg_database (datname) {
            datname -> Text,
        }
    }
    let name = format!("ease_template_{:016x}", hash_of_migrations());
    let mut server = server();
    // Test programs may run at the same time; the lock ends with the connection.
    execute(&mut server, "SELECT pg_advisory_lock(20261120)");
    let is_there = diesel::select(exists(pg_database::table.find(&name)));
    if !is_there.get_result::<bool>(&mut server).expect("the server lists its databases") {
        // Renamed when it is complete, so that one that is half-made is never used.
        execute(&mut server, &format!("DROP DATABASE IF EXISTS {name}_new WITH (FORCE)"));
        execute(&mut server, &format!("CREATE DATABASE {name}_new"));
        open(&address_of(&format!("{name}_new"))).migrate().expect("the migrations run");
        execute(&mut server, &format!("ALTER DATABASE {name}_new RENAME TO {name}"));
    }
    name
}

fn hash_of_migrations() -> u64 {
    let mut files = BTreeMap::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/postgres");
    for migration in folder.read_dir().expect("the migrations are there") {
        let file = migration.expect("the folder can be read").path().join("up.sql");
        files.insert(file.clone(), std::fs::read_to_string(file).expect("a migration can be read"));
    }
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    hasher.finish()
}

pub(crate) fn server() -> PgConnection {
    PgConnection::establish(&server_address()).expect("the server of TEST_DATABASE_URL answers")
}

pub(crate) fn execute(connection: &mut PgConnection, sql: &str) {
    connection.batch_execute(sql).expect(sql);
}

#[expect(clippy::disallowed_methods, reason = "tests are told by their caller where PostgreSQL is")]
fn server_address() -> String {
    std::env::var("TEST_DATABASE_URL").expect(
        "TEST_DATABASE_URL is not set: the tests of PostgreSQL need a server; run `make test`, which makes a private one",
    )
}

/// The address of another database on the same server.
fn address_of(name: &str) -> String {
    let address = server_address();
    let (plain, options) = address.split_once('?').map_or((address.as_str(), None), |(a, b)| (a, Some(b)));
    let (scheme, rest) = plain.split_once("://").expect("TEST_DATABASE_URL begins with postgres://");
    let place = rest.split_once('/').map_or(rest, |(place, _)| place);
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    format!("{scheme}://{place}/{name}{options}")
}

/// Runs `work` in `count` threads that start together, and gives what they answered.
pub(crate) fn at_once<R: Send>(count: usize, work: impl Fn(usize) -> R + Sync) -> Vec<R> {
    let barrier = Barrier::new(count);
    let run = |number| {
        barrier.wait();
        work(number)
    };
    let run = &run;
    thread::scope(|scope| {
        let threads = (0..count).map(|number| scope.spawn(move || run(number))).collect::<Vec<_>>();
        threads.into_iter().map(|thread| thread.join().expect("no thread panics")).collect()
    })
}
