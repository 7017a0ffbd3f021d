//! Sends the same HTTP requests over many connections for a bounded time, and prints how fast the answers came.
//!
//! `bench ADDRESS SECONDS COUNT FILE..` opens one connection for each file, and sends what is in it again and again until
//! the seconds are over or each connection has had its count of answers. It prints one JSON object. The threads block on
//! their sockets: with some tens of connections that costs less than an event loop, and leaves the cores to the server.

mod client;
mod report;

use client::{Client, Outcome};
use report::Report;
use std::error::Error;
use std::process::ExitCode;
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

const USAGE: &str = "usage: bench ADDRESS SECONDS COUNT FILE..";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            print_line(&mut io::stderr(), &error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut words = env::args().skip(1);
    let address = words.next().ok_or(USAGE)?;
    let seconds: u64 = words.next().ok_or(USAGE)?.parse()?;
    let count: usize = words.next().ok_or(USAGE)?.parse()?;
    let requests = words.map(fs::read).collect::<Result<Vec<_>, _>>()?;
    if requests.is_empty() {
        return Err(USAGE.into());
    }

    let clients = requests.into_iter().map(|request| Client::connect(&address, request));
    let clients = clients.collect::<Result<Vec<_>, _>>()?;
    // Nobody starts before everybody is connected.
    let start = Arc::new(Barrier::new(clients.len()));
    let threads: Vec<_> = clients
        .into_iter()
        .map(|client| {
            let start = Arc::clone(&start);
            thread::spawn(move || {
                start.wait();
                let began = Instant::now();
                client.run(began + Duration::from_secs(seconds), count)
            })
        })
        .collect();
    let outcomes = threads.into_iter().map(|thread| thread.join().map_err(|_panic| "a client ended before its time"));
    let outcomes = outcomes.collect::<Result<Vec<Outcome>, _>>()?;
    print_line(&mut io::stdout(), &Report::of(outcomes).to_json());
    Ok(())
}

/// Output that nobody reads any more is no reason to fail.
fn print_line(out: &mut impl io::Write, line: &str) {
    drop(writeln!(out, "{line}"));
}
