//! A client that keeps its connection and tries nothing again, so that whatever goes wrong on one is seen.

use super::PATIENCE;
use std::io;
use std::net::SocketAddr;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// A client that sends one request after the other on one connection, until it is told to take another one.
pub(crate) struct KeptAlive {
    address: SocketAddr,
    token: String,
    connection: Option<BufStream<TcpStream>>,
}

impl KeptAlive {
    /// A client with this token, not connected yet.
    pub(crate) fn new(address: SocketAddr, token: &str) -> Self {
        Self { address, token: token.to_owned(), connection: None }
    }

    /// Sends a request and gives the status of its answer.
    ///
    /// # Errors
    /// When the connection cannot be made, or breaks.
    pub(crate) async fn send(&mut self, method: &str, path: &str, body: &str) -> io::Result<u16> {
        timeout(PATIENCE, self.exchange(method, path, body)).await?
    }

    async fn exchange(&mut self, method: &str, path: &str, body: &str) -> io::Result<u16> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => BufStream::new(TcpStream::connect(self.address).await?),
        };
        let (token, length) = (&self.token, body.len());
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: ease\r\nAuthorization: Token {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
        );
        connection.write_all((head + body).as_bytes()).await?;
        connection.flush().await?;
        let status = read_line(&mut connection).await?;
        let status = status.split(' ').nth(1).and_then(|word| word.parse().ok());
        let (mut length, mut is_last) = (0, false);
        loop {
            let line = read_line(&mut connection).await?.to_ascii_lowercase();
            match line.split_once(": ") {
                Some(("content-length", value)) => length = value.parse().map_err(io::Error::other)?,
                Some(("connection", "close")) => is_last = true,
                Some(_) => {}
                None => break,
            }
        }
        connection.read_exact(&mut vec![0; length]).await?;
        if !is_last {
            self.connection = Some(connection);
        }
        status.ok_or_else(|| io::Error::other("no status"))
    }
}

/// A line without its end. A connection that ends instead is an error.
async fn read_line(connection: &mut BufStream<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    if connection.read_line(&mut line).await? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}
