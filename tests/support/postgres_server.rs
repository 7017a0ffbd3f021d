//! A PostgreSQL of its own for a test that takes it away.

use super::PATIENCE;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// The script that makes private servers, and takes them away again.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/with-postgres");

/// A PostgreSQL that can be taken away and brought back under the same address.
pub(crate) struct PostgresServer {
    /// Removes the server when its input ends, also when the test was killed.
    script: Child,
    url: String,
    /// A program that is `pg_ctl` for this server.
    control: String,
}

impl PostgresServer {
    /// Makes one.
    pub(crate) fn start() -> Self {
        let mut command = Command::new(SCRIPT);
        command.args(["sh", "-c", "echo \"$TEST_DATABASE_URL\"; echo \"$TEST_POSTGRES_CONTROL\"; exec cat"]);
        command.env_remove("TEST_DATABASE_URL").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut script = command.spawn().expect("scripts/with-postgres starts");
        let mut lines = BufReader::new(script.stdout.take().expect("it is piped")).lines();
        let mut line = || lines.next().expect("the server starts").expect("a line");
        let (url, control) = (line(), line());
        Self { script, url, control }
    }

    /// Its address, with a database that is empty at first.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Stops it, in a mode of `pg_ctl`: `fast` as an operator does, `immediate` as a crash.
    pub(crate) async fn stop(&self, mode: &str) {
        self.control(&["stop", "-m", mode]).await;
    }

    /// Brings it back.
    pub(crate) async fn bring_back(&self) {
        self.control(&["start"]).await;
    }

    /// Closes its connections and refuses new ones, or takes them again. The server itself goes on.
    pub(crate) fn refuse(&self, refuse: bool) {
        let elsewhere = self.url.replace("/postgres", "/template1");
        super::postgres_database::run(&elsewhere, &format!("ALTER DATABASE postgres ALLOW_CONNECTIONS {}", !refuse));
        if refuse {
            let close = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'postgres'";
            super::postgres_database::run(&elsewhere, close);
        }
    }

    /// Lets it stand still: connections stay open, and nothing is answered.
    pub(crate) fn freeze(&self) {
        let server = self.pid().expect("it runs");
        // The first process makes the other ones, so that it goes first.
        assert!(signal("STOP", server), "no such process");
        for child in children_of(server) {
            // One that has just ended stands still too.
            signal("STOP", child);
        }
    }

    /// Lets it go on.
    pub(crate) fn thaw(&self) {
        let Some(server) = self.pid() else { return };
        for process in children_of(server).into_iter().chain([server]) {
            signal("CONT", process);
        }
    }

    async fn control(&self, arguments: &[&str]) {
        // What it starts keeps its output open.
        let child = Command::new(&self.control).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let mut child = child.expect("pg_ctl starts");
        let limit = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = child.try_wait().expect("it is our child") {
                break status;
            }
            assert!(Instant::now() < limit, "pg_ctl {arguments:?} does not end");
            sleep(Duration::from_millis(10)).await;
        };
        assert!(status.success(), "pg_ctl {arguments:?}: {status}");
    }

    /// The number of its first process, if it runs.
    fn pid(&self) -> Option<u32> {
        let status = Command::new(&self.control).arg("status").output().expect("pg_ctl runs");
        let said = String::from_utf8_lossy(&status.stdout).into_owned();
        let (_, rest) = said.split_once("PID: ")?;
        rest.split_once(')')?.0.parse().ok()
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        // It could not be stopped while it stands still.
        self.thaw();
        drop(self.script.stdin.take());
        drop(self.script.wait());
    }
}

/// Sends a signal; false when there is no such process.
fn signal(name: &str, pid: u32) -> bool {
    let kill = Command::new("/bin/sh").args(["-c", &format!("kill -{name} {pid} 2> /dev/null")]).status();
    kill.expect("a shell").success()
}

/// The processes that a process has made.
fn children_of(parent: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").expect("Linux").flatten();
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let is_child = |pid: &u32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // The name, in parentheses, may hold anything; the state and the parent come behind it.
        let behind_name = stat.rsplit_once(')').map(|(_, rest)| rest.split_whitespace().nth(1).map(str::to_owned));
        behind_name.flatten().is_some_and(|number| number == parent.to_string())
    };
    numbers.filter(is_child).collect()
}
