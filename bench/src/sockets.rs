//! What is measured of the sockets of the support chat.

use crate::report::{Outcome, Report};
use crate::websocket::WebSocket;
use crate::{Failure, print_line};
use std::io::{self, Read};
use std::time::Instant;

/// Opens a socket for each handshake.
pub(crate) fn open(address: &str, handshakes: &[Vec<u8>]) -> io::Result<Vec<WebSocket>> {
    handshakes.iter().map(|handshake| WebSocket::open(address, handshake)).collect()
}

/// Opens so many sockets, the handshakes by turns, says so, and holds them until the input ends.
pub(crate) fn hold(address: &str, count: usize, handshakes: &[Vec<u8>]) -> Result<String, Failure> {
    let turns = handshakes.iter().cycle().take(count).cloned().collect::<Vec<_>>();
    let held = open(address, &turns)?;
    print_line(&mut io::stdout(), &format!("{{\"open\": {}}}", held.len()));
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(format!("{{\"closed\": {}}}", held.len()))
}

/// Says something in one of so many sockets of a chat, and measures when it has come to each of them. They are read one
/// after the other by one thread, so a time is never less than what a client would see.
pub(crate) fn fan_out(address: &str, count: usize, messages: usize, handshakes: &[Vec<u8>]) -> Result<String, Failure> {
    let turns = handshakes.iter().cycle().take(count).cloned().collect::<Vec<_>>();
    let mut sockets = open(address, &turns)?;
    let mut outcome = Outcome::default();
    let began = Instant::now();
    for number in 0..messages {
        let said = Instant::now();
        let word = message(number);
        sockets.first_mut().ok_or("a chat needs a socket")?.send(&word)?;
        for socket in &mut sockets {
            socket.receive()?;
            outcome.times.push(said.elapsed());
        }
    }
    outcome.elapsed = began.elapsed();
    Ok(Report::of(vec![outcome]).to_json())
}

/// Says something as soon as the word before it has come back, until the time is over.
pub(crate) fn echo(mut socket: WebSocket, until: Instant) -> Outcome {
    let mut outcome = Outcome::default();
    let began = Instant::now();
    for number in 0.. {
        let said = Instant::now();
        if said >= until {
            break;
        }
        if let Err(error) = socket.send(&message(number)).and_then(|()| socket.receive()) {
            outcome.failure = Some(error.to_string());
            break;
        }
        outcome.times.push(said.elapsed());
    }
    outcome.elapsed = began.elapsed();
    outcome
}

fn message(number: usize) -> String {
    format!("{{\"message\": \"Is anybody there? {number}\"}}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::net::TcpListener;
    use std::thread;
    use std::time::Duration;

    /// A server of one socket that sends a ping and a long text back for the first frame, and then ends.
    fn serve() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.read_exact(&mut [0; 4]).unwrap();
            stream.write_all(b"HTTP/1.1 101 Switching Protocols\r\n\r\n").unwrap();
            stream.read_exact(&mut vec![0; 6 + message(0).len()]).unwrap();
            stream.write_all(&[0x89, 1, b'p', 0x81, 126, 1, 0]).unwrap();
            stream.write_all(&[b'x'; 256]).unwrap();
            let mut pong = [0; 7];
            stream.read_exact(&mut pong).unwrap();
            assert_eq!(pong, [0x8a, 0x81, 0, 0, 0, 0, b'p']);
            stream.write_all(&[0x88, 0]).unwrap();
        });
        address
    }

    #[test]
    fn pings_are_answered_long_texts_are_read_and_an_end_is_a_failure() {
        let sockets = open(&serve(), &[b"open".to_vec()]).unwrap();
        for socket in sockets {
            let outcome = echo(socket, Instant::now() + Duration::from_secs(30));
            assert_eq!(outcome.times.len(), 1);
            assert_eq!(outcome.failure.as_deref(), Some("the server ended a socket"));
        }
    }
}
