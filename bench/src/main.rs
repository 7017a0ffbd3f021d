//! The load behind `make bench`: it sends the same bytes over many connections for a bounded time, and prints how fast the
//! answers came, as one JSON object. The threads block on their sockets: with some tens of connections that costs less than
//! an event loop, and leaves the cores to the server.
//!
//! | command | what it does |
//! | --- | --- |
//! | `http ADDRESS SECONDS COUNT PAUSE_MS FILE..` | opens one connection for each file, and sends what is in it again and again, with a pause after each answer, until the seconds are over or each connection has had its count of answers |
//! | `sockets ADDRESS COUNT FILE..` | opens so many sockets, with the handshakes in the files by turns, says so, and holds them until its input ends |
//! | `fan-out ADDRESS SOCKETS MESSAGES FILE` | opens so many sockets of one chat, and says something in one of them until it has arrived in all |
//! | `echo ADDRESS SECONDS FILE..` | opens one socket for each file, and says something in each as soon as the word before it has come back |
//! | `bcrypt COST SECONDS` | hashes passwords on all cores |

mod client;
mod hashing;
mod report;
mod sockets;
mod websocket;

use client::Client;
use report::{Outcome, Report};
use std::error::Error;
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

/// What the command line can be wrong about, or the load.
type Failure = Box<dyn Error + Send + Sync>;

fn main() -> ExitCode {
    match run() {
        Ok(line) => {
            print_line(&mut io::stdout(), &line);
            ExitCode::SUCCESS
        }
        Err(error) => {
            print_line(&mut io::stderr(), &format!("bench: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, Failure> {
    let mut words = env::args().skip(1);
    let command = words.next().unwrap_or_default();
    match command.as_str() {
        "http" => {
            let (address, seconds): (String, u64) = (word(&mut words)?, word(&mut words)?);
            let (count, pause) = (word(&mut words)?, Duration::from_millis(word(&mut words)?));
            http(&address, Duration::from_secs(seconds), count, pause, files(words)?)
        }
        "sockets" => {
            let (address, count): (String, usize) = (word(&mut words)?, word(&mut words)?);
            sockets::hold(&address, count, &files(words)?)
        }
        "fan-out" => {
            let (address, count, messages): (String, usize, usize) =
                (word(&mut words)?, word(&mut words)?, word(&mut words)?);
            sockets::fan_out(&address, count, messages, &files(words)?)
        }
        "echo" => {
            let (address, seconds): (String, u64) = (word(&mut words)?, word(&mut words)?);
            let sockets = sockets::open(&address, &files(words)?)?;
            let report = at_once(sockets, Duration::from_secs(seconds), sockets::echo)?;
            Ok(report.to_json())
        }
        "bcrypt" => Ok(hashing::measure(word(&mut words)?, Duration::from_secs(word(&mut words)?))?.to_json()),
        _ => Err(format!("there is no command \"{command}\": the source of this program says which there are").into()),
    }
}

fn word<T>(words: &mut impl Iterator<Item = String>) -> Result<T, Failure>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    Ok(words.next().ok_or("a word is missing")?.parse()?)
}

fn files(words: impl Iterator<Item = String>) -> Result<Vec<Vec<u8>>, Failure> {
    let files = words.map(fs::read).collect::<Result<Vec<_>, _>>()?;
    if files.is_empty() { Err("no file says what to send".into()) } else { Ok(files) }
}

fn http(
    address: &str,
    time: Duration,
    count: usize,
    pause: Duration,
    requests: Vec<Vec<u8>>,
) -> Result<String, Failure> {
    let clients = requests.into_iter().map(|request| Client::connect(address, request));
    let clients = clients.collect::<Result<Vec<_>, _>>()?;
    Ok(at_once(clients, time, move |client, until| client.run(until, count, pause))?.to_json())
}

/// Runs each of them on a thread of its own, for so long. Nobody starts before everybody is there.
fn at_once<T, F>(all: Vec<T>, time: Duration, run: F) -> Result<Report, Failure>
where
    T: Send + 'static,
    F: Fn(T, Instant) -> Outcome + Clone + Send + 'static,
{
    let start = Arc::new(Barrier::new(all.len()));
    let threads: Vec<_> = all
        .into_iter()
        .map(|one| {
            let (start, run) = (Arc::clone(&start), run.clone());
            thread::spawn(move || {
                start.wait();
                run(one, Instant::now() + time)
            })
        })
        .collect();
    let outcomes = threads.into_iter().map(|thread| thread.join().map_err(|_panic| "a client ended before its time"));
    Ok(Report::of(outcomes.collect::<Result<Vec<_>, _>>()?))
}

/// Output that nobody reads any more is no reason to fail.
fn print_line(out: &mut impl io::Write, line: &str) {
    drop(writeln!(out, "{line}"));
    drop(out.flush());
}
