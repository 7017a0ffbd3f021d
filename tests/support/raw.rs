//! Bytes on a connection, for what no proper client sends.

use super::PATIENCE;
use serde_json::Value;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// A connection for bytes. It blocks the thread, so it is for stories in which nothing else happens.
pub(crate) struct Raw(TcpStream);

/// What came back until the server closed the connection.
#[derive(Debug)]
pub(crate) struct RawAnswer(pub(crate) String);

impl Raw {
    /// Connects.
    pub(crate) fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect_timeout(&address, PATIENCE).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        stream.set_write_timeout(Some(PATIENCE)).expect("a time limit");
        Self(stream)
    }

    /// Sends bytes.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).expect("the server reads");
    }

    /// Sends bytes until the server has had enough.
    pub(crate) fn send_what_it_takes(&mut self, bytes: &[u8]) {
        // A server that cuts a client off does not read what is left.
        drop(self.0.write_all(bytes));
    }

    /// Sends bytes again and again, and reads nothing, until the server has closed the connection.
    pub(crate) fn send_until_cut_off(&mut self, bytes: &[u8]) {
        let limit = Instant::now() + PATIENCE;
        self.0.set_write_timeout(Some(Duration::from_millis(100))).expect("a time limit");
        let mut left = bytes;
        loop {
            match self.0.write(left) {
                Ok(count) => left = if count == left.len() { bytes } else { &left[count..] },
                Err(error) if [ErrorKind::ConnectionReset, ErrorKind::BrokenPipe].contains(&error.kind()) => return,
                Err(_) => assert!(Instant::now() < limit, "the server does not let go"),
            }
        }
    }

    /// Reads until the server closes the connection.
    pub(crate) fn read_to_the_end(mut self) -> RawAnswer {
        let limit = Instant::now() + PATIENCE;
        let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
        loop {
            match self.0.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => bytes.extend_from_slice(&buffer[..read]),
                Err(error) if error.kind() == ErrorKind::ConnectionReset => break,
                Err(error) => panic!("the server does not let go: {error}"),
            }
            // A server that goes on sending for ever does not let go either.
            assert!(Instant::now() < limit, "the server does not let go; it sent {} bytes", bytes.len());
        }
        RawAnswer(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl RawAnswer {
    /// The status; 0 when nothing was answered.
    pub(crate) fn status(&self) -> u16 {
        self.0.split_whitespace().nth(1).and_then(|word| word.parse().ok()).unwrap_or_default()
    }

    /// The body.
    pub(crate) fn json(&self) -> Value {
        let (_, body) = self.0.split_once("\r\n\r\n").unwrap_or_default();
        serde_json::from_str(body).unwrap_or_else(|error| panic!("no JSON ({error}): {self:?}"))
    }
}
