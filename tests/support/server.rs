//! The built binary, serving on a free port until it is dropped.

use super::PATIENCE;
use super::client::Client;
use super::home::{Engine, Home, Storage};
use reqwest::StatusCode;
use serde_json::json;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The first superuser.
pub(crate) const ROOT: &str = "root@example.org";
/// Everybody's password.
pub(crate) const PASSWORD: &str = "correct horse battery";

const GREETING: &str = "Ease listens on http://";

/// A running server.
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
    output: Arc<Mutex<String>>,
    readers: Vec<JoinHandle<()>>,
    /// Dropped after the process has ended.
    _storage: Arc<Storage>,
}

impl Server {
    /// A server in a new place of its own, with the superuser [`ROOT`].
    pub(crate) fn fresh(engine: Engine) -> Self {
        Home::new(engine).with_root().start()
    }

    /// A server in this place; it is there for clients when this returns.
    pub(crate) fn start(home: &Home) -> Self {
        let mut command = home.ease(&[]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        let output = Arc::new(Mutex::new(String::new()));
        let (tell, told) = channel();
        let stdout = child.stdout.take().expect("it is piped");
        let stderr = child.stderr.take().expect("it is piped");
        let readers = vec![collect(stdout, &output, Some(tell)), collect(stderr, &output, None)];
        let Some(address) = first_address(&told) else {
            drop(child.kill());
            let said = output.lock().expect("no reader panicked").clone();
            panic!("the server did not say where it listens; it said:\n{said}");
        };
        Self { child, address, output, readers, _storage: home.storage() }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it has printed so far, logs and all.
    pub(crate) fn output(&self) -> String {
        self.output.lock().expect("no reader panicked").clone()
    }

    /// Waits until it has printed this.
    pub(crate) async fn says(&self, words: &str) {
        let limit = Instant::now() + PATIENCE;
        while !self.output().contains(words) {
            assert!(Instant::now() < limit, "it never says {words:?}:\n{}", self.output());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Where its metrics are, which its place has to ask for.
    pub(crate) fn metrics_address(&self) -> SocketAddr {
        let output = self.output();
        let line = output.lines().find_map(|line| line.strip_prefix("Metrics:   http://"));
        let address = line.and_then(|line| line.strip_suffix("/metrics")).expect("the address of the metrics");
        address.parse().expect("an address")
    }

    /// What it tells Prometheus.
    pub(crate) async fn scrape(&self) -> String {
        let answer = reqwest::get(format!("http://{}/metrics", self.metrics_address())).await.expect("an answer");
        assert_eq!(answer.headers()["content-type"], "text/plain; version=0.0.4; charset=utf-8");
        answer.text().await.expect("text")
    }

    /// Waits until a counter, with its labels, has counted something.
    pub(crate) async fn counts_up(&self, counter: &str) {
        let limit = Instant::now() + PATIENCE;
        loop {
            let text = self.scrape().await;
            let value = text.lines().find_map(|line| line.strip_prefix(counter)).expect("the counter");
            if value.trim() != "0" {
                return;
            }
            assert!(Instant::now() < limit, "{counter} stays at 0 in:\n{text}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The most memory that it ever had, in KiB; `None` where the system does not tell.
    pub(crate) fn memory_peak_kib(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        peak.trim().trim_end_matches(" kB").parse().ok()
    }

    /// Asks it to stop, as a supervisor does.
    pub(crate) fn terminate(&self) {
        self.signal("TERM");
    }

    /// Asks it to stop, as Ctrl-C does.
    pub(crate) fn interrupt(&self) {
        self.signal("INT");
    }

    fn signal(&self, name: &str) {
        let kill = Command::new("/bin/sh").args(["-c", &format!("kill -{name} {}", self.child.id())]).status();
        assert!(kill.expect("a shell").success(), "no such process");
    }

    /// Lets none of its files grow beyond so many bytes, as a full disk does; `None` makes room again.
    pub(crate) fn keep_files_below(&self, bytes: Option<u64>) {
        let limit = bytes.map_or("unlimited".to_owned(), |bytes| bytes.to_string());
        let pid = self.child.id().to_string();
        // The soft limit only, which anybody may raise again.
        let prlimit = Command::new("prlimit").args(["--pid", &pid, &format!("--fsize={limit}:")]).status();
        assert!(prlimit.expect("prlimit, of util-linux").success(), "no such process");
    }

    /// Ends it as a power cut does.
    pub(crate) fn cut_off(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    /// Asks it to stop and waits for it; gives back how it ended, after how long, and what it had printed.
    pub(crate) async fn stop(mut self) -> (ExitStatus, Duration, String) {
        let since = Instant::now();
        self.terminate();
        let status = self.end().await;
        (status, since.elapsed(), self.output())
    }

    /// Waits until the process is gone and all that it has printed is read.
    pub(crate) async fn end(&mut self) -> ExitStatus {
        let limit = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("it is our child") {
                for reader in self.readers.drain(..) {
                    reader.join().expect("no reader panicked");
                }
                return status;
            }
            assert!(Instant::now() < limit, "the server does not stop; it said:\n{}", self.output());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Somebody without an account.
    pub(crate) fn stranger(&self) -> Client {
        Client::new(self.address)
    }

    /// Logs in with everybody's password.
    pub(crate) async fn login(&self, email: &str) -> Client {
        self.stranger().login(email, PASSWORD).await
    }

    /// The superuser, logged in.
    pub(crate) async fn root(&self) -> Client {
        self.login(ROOT).await
    }

    /// Registers `name`@example.org under that first name, and logs in.
    pub(crate) async fn customer(&self, name: &str) -> Client {
        let email = format!("{}@example.org", name.to_lowercase());
        let body = json!({ "first_name": name, "last_name": "Customer", "email": email, "password": PASSWORD });
        self.stranger().post("/api/users/register/", &body).await.is(StatusCode::ACCEPTED);
        self.login(&email).await
    }

    /// Lets the superuser make the staff account `name`@example.org, and logs in.
    pub(crate) async fn staff(&self, root: &Client, name: &str) -> Client {
        let email = format!("{}@example.org", name.to_lowercase());
        let body = json!({
            "first_name": name, "last_name": "Staff", "email": email, "password": PASSWORD,
            "is_staff": true, "is_active": true,
        });
        root.post("/api/superadmin/user/", &body).await.is(StatusCode::ACCEPTED);
        self.login(&email).await
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already; either way it is waited for, so that nobody uses the database any more.
        drop(self.child.kill());
        drop(self.child.wait());
        for reader in self.readers.drain(..) {
            drop(reader.join());
        }
        if !thread::panicking() {
            check_for_secrets(&self.output());
        }
    }
}

/// Insists that nothing secret is in what a server printed: no password, key, token (all of them begin with `eyJ`) or
/// query string. Every server of every story is held against this.
fn check_for_secrets(output: &str) {
    for secret in [PASSWORD, "s3cret-key", "eyJ", "token=", "start_date=", "username="] {
        let line = output.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret:?} is in the logs");
    }
}

/// Collects what comes out of a pipe, and tells of each line.
fn collect(
    pipe: impl Read + Send + 'static,
    output: &Arc<Mutex<String>>,
    tell: Option<Sender<String>>,
) -> JoinHandle<()> {
    let output = Arc::clone(output);
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            let mut output = output.lock().expect("no reader panicked");
            output.push_str(&line);
            output.push('\n');
            if let Some(tell) = &tell {
                // Nobody listens any more once the address is known.
                drop(tell.send(line));
            }
        }
    })
}

/// The address that the server prints; `None` when it ends before, or takes for ever.
fn first_address(lines: &Receiver<String>) -> Option<SocketAddr> {
    loop {
        let line = lines.recv_timeout(PATIENCE).ok()?;
        if let Some(address) = line.strip_prefix(GREETING) {
            return Some(address.trim().parse().expect("an address"));
        }
    }
}
