//! An empty PostgreSQL database that is gone when its test is over.

use postgres::{Client, NoTls};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, process, thread};

/// Numbers the databases of this process.
static NEXT: AtomicU32 = AtomicU32::new(1);

/// An empty database on the server that `TEST_DATABASE_URL` names.
pub(crate) struct PostgresDatabase {
    server: String,
    name: String,
}

impl PostgresDatabase {
    /// Makes one.
    pub(crate) fn create() -> Self {
        let server = env::var_os("TEST_DATABASE_URL").and_then(|url| url.into_string().ok()).unwrap_or_default();
        assert!(
            !server.is_empty(),
            "the tests of PostgreSQL need a server: run them with `make test`, or name one in TEST_DATABASE_URL"
        );
        let name = format!("ease_black_box_{}_{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let database = Self { server, name };
        database.drop_it();
        // The other template may be in use by somebody who looks at it.
        database.administer(&format!("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", database.name));
        database
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        let (address, options) = match self.server.split_once('?') {
            Some((address, options)) => (address, format!("?{options}")),
            None => (self.server.as_str(), String::new()),
        };
        let (scheme, place) = address.split_once("://").expect("TEST_DATABASE_URL is a postgres:// address");
        let host = place.split('/').next().unwrap_or_default();
        format!("{scheme}://{host}/{}{options}", self.name)
    }

    fn drop_it(&self) {
        self.administer(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }

    /// Runs a script in it.
    pub(crate) fn run(&self, script: &str) {
        run(&self.url(), script);
    }

    /// Runs one statement on the server.
    fn administer(&self, statement: &str) {
        run(&self.server, statement);
    }
}

/// Runs a script. The client brings a runtime of its own, so it gets a thread of its own.
pub(super) fn run(url: &str, script: &str) {
    let run = || Client::connect(url, NoTls)?.batch_execute(script);
    let outcome = thread::scope(|scope| scope.spawn(run).join());
    outcome.expect("the client panicked").expect("PostgreSQL refused");
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        self.drop_it();
    }
}
