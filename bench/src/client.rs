//! One connection that sends the same request again and again.

use crate::report::Outcome;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use std::{str, thread};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The most bytes of an answer's head.
const HEAD_BYTES_MAX: usize = 16 * 1024;

/// A connection and what it sends.
pub(crate) struct Client {
    stream: TcpStream,
    request: Vec<u8>,
    received: Vec<u8>,
}

impl Client {
    /// Opens a connection that will send `request`.
    pub(crate) fn connect(address: &str, request: Vec<u8>) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self { stream, request, received: Vec::with_capacity(64 * 1024) })
    }

    /// Sends until the time is over, or `count` answers have come, with a pause after each.
    pub(crate) fn run(mut self, until: Instant, count: usize, pause: Duration) -> Outcome {
        let mut outcome = Outcome::default();
        let began = Instant::now();
        for _ in 0..count {
            let sent = Instant::now();
            if sent >= until {
                break;
            }
            match self.exchange() {
                Ok(200..=299) => outcome.times.push(sent.elapsed()),
                Ok(_) => outcome.refusals += 1,
                Err(error) => {
                    outcome.failure = Some(error.to_string());
                    break;
                }
            }
            if !pause.is_zero() {
                thread::sleep(pause);
            }
        }
        outcome.elapsed = began.elapsed();
        outcome
    }

    /// Sends the request once, reads the whole answer, and gives its status.
    fn exchange(&mut self) -> io::Result<u16> {
        self.stream.write_all(&self.request)?;
        self.received.clear();
        let head_length = loop {
            if let Some(at) = self.received.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break at + 4;
            }
            if self.received.len() > HEAD_BYTES_MAX {
                return Err(malformed("the head of an answer does not end"));
            }
            self.receive()?;
        };
        let head = self.received.get(..head_length).and_then(|head| str::from_utf8(head).ok());
        let (status, body_length) = read_head(head.ok_or_else(|| malformed("the head of an answer is no text"))?)?;
        while self.received.len() < head_length + body_length {
            self.receive()?;
        }
        Ok(status)
    }

    fn receive(&mut self) -> io::Result<()> {
        let mut buffer = [0; 16 * 1024];
        let count = self.stream.read(&mut buffer)?;
        match buffer.get(..count) {
            Some(bytes) if !bytes.is_empty() => self.received.extend_from_slice(bytes),
            _ => return Err(io::ErrorKind::UnexpectedEof.into()),
        }
        Ok(())
    }
}

/// Status and length of the body.
fn read_head(head: &str) -> io::Result<(u16, usize)> {
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
    let status = status.ok_or_else(|| malformed("an answer has no status"))?;
    let length = head.lines().filter_map(|line| line.split_once(':')).find_map(|(name, value)| {
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok()).flatten()
    });
    match (status, length) {
        (_, Some(length)) => Ok((status, length)),
        (204, None) => Ok((status, 0)),
        _ => Err(malformed("an answer does not tell its length")),
    }
}

/// What a server sent is not what it should.
pub(crate) fn malformed(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// Serves one connection with these answers, one for each request of four bytes.
    fn serve(answers: &'static [&'static str]) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            for answer in answers {
                stream.read_exact(&mut [0; 4]).unwrap();
                for half in answer.as_bytes().chunks(answer.len() / 2 + 1) {
                    stream.write_all(half).unwrap();
                }
            }
        });
        address
    }

    fn run(answers: &'static [&'static str], count: usize) -> Outcome {
        let client = Client::connect(&serve(answers), b"ping".to_vec()).unwrap();
        client.run(Instant::now() + PATIENCE, count, Duration::ZERO)
    }

    #[test]
    fn answers_are_told_apart_by_their_length() {
        let answers = &[
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}",
        ];
        let outcome = run(answers, 4);
        assert_eq!((outcome.times.len(), outcome.refusals, outcome.failure), (3, 1, None));
    }

    #[test]
    fn a_connection_that_ends_is_a_failure() {
        let outcome = run(&["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"], 2);
        assert!(outcome.times.is_empty());
        assert!(outcome.failure.is_some());
    }

    #[test]
    fn an_answer_without_a_length_is_a_failure() {
        let outcome = run(&["HTTP/1.1 200 OK\r\n\r\n"], 1);
        assert_eq!(outcome.failure.as_deref(), Some("an answer does not tell its length"));
    }
}
