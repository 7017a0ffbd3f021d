//! A Redis of its own for a test that takes it away: `redis-server` of the PATH, on a port of 127.0.0.1.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, UdpSocket};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, process};
use tempfile::TempDir;

/// The address of the server for all tests, from `TEST_REDIS_URL`.
pub(crate) fn shared_url() -> String {
    let url = env::var_os("TEST_REDIS_URL").and_then(|url| url.into_string().ok()).unwrap_or_default();
    assert!(
        !url.is_empty(),
        "the tests of Redis need a server: run them with `make test`, or name one in TEST_REDIS_URL"
    );
    url
}

/// A Redis that can be taken away and brought back under the same address. It keeps nothing.
pub(crate) struct RedisServer {
    directory: TempDir,
    port: u16,
    child: Child,
    /// Nothing is sent there: whoever has the port of that number has the one of Redis, also while that is away.
    _claim: UdpSocket,
}

impl RedisServer {
    /// Starts one on a free port.
    pub(crate) fn start() -> Self {
        /// Somebody else may have a port, so that a start that fails is tried on another one.
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let directory = tempfile::tempdir().expect("a temporary directory");
        for _ in 0..20 {
            // Below the ports that the system gives to clients, so that nobody takes it while the server is away.
            let number = (process::id() * 31 + NEXT.fetch_add(1, Ordering::Relaxed)) % 8000;
            let port = 12_000 + u16::try_from(number).expect("a port");
            let Ok(claim) = UdpSocket::bind((Ipv4Addr::LOCALHOST, port)) else { continue };
            if let Some(child) = launch(&directory, port) {
                return Self { directory, port, child, _claim: claim };
            }
        }
        panic!("redis-server finds no free port");
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Takes it away as a power cut does.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    /// Brings it back.
    pub(crate) fn bring_back(&mut self) {
        self.child = launch(&self.directory, self.port).expect("the port is still free");
    }

    /// Lets it stand still: connections stay open, and nothing is answered.
    pub(crate) fn freeze(&self) {
        self.signal("STOP");
    }

    /// Lets it go on.
    pub(crate) fn thaw(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let kill = Command::new("/bin/sh").args(["-c", &format!("kill -{name} {}", self.child.id())]).status();
        assert!(kill.expect("a shell").success(), "no such process");
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Starts the server and waits until it says that it is ready; nothing when it ends before.
fn launch(directory: &TempDir, port: u16) -> Option<Child> {
    let mut command = Command::new("redis-server");
    command.args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
    command.arg("--dir").arg(directory.path()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child =
        command.spawn().expect("redis-server is missing: run the tests with `make test`, which installs it");
    let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
    let ready = lines.any(|line| line.contains("Ready to accept connections"));
    if !ready {
        child.wait().expect("it ends");
        return None;
    }
    // Whatever it says later is read away, so that it never waits for a reader.
    std::thread::spawn(move || lines.for_each(drop));
    Some(child)
}
