//! A socket as its client sees it (RFC 6455), as far as measuring needs it.

use crate::client::malformed;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// How long a handshake or a frame may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// The most bytes of the head of a handshake's answer.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// Says of a frame that its message ends with it.
const FINAL: u8 = 0x80;
/// Says of a length that the payload is masked.
const MASKED: u8 = 0x80;
const LENGTH_IN_TWO_BYTES: u8 = 0x7e;
const LENGTH_IN_EIGHT_BYTES: u8 = 0x7f;
const TEXT: u8 = 1;
const PING: u8 = 9;
const PONG: u8 = 10;

/// An open socket.
pub(crate) struct WebSocket {
    stream: TcpStream,
}

impl WebSocket {
    /// Opens a socket with this handshake.
    pub(crate) fn open(address: &str, handshake: &[u8]) -> io::Result<Self> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.write_all(handshake)?;
        let mut head = Vec::new();
        // Byte by byte, because frames may follow the head at once.
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte)?;
            head.extend(byte);
            if head.len() > HEAD_BYTES_MAX {
                return Err(malformed("the head of an answer does not end"));
            }
        }
        if !head.starts_with(b"HTTP/1.1 101 ") {
            let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
            return Err(malformed(&format!("a handshake was answered: {}", String::from_utf8_lossy(line))));
        }
        Ok(Self { stream })
    }

    /// Sends text of less than 64 KiB.
    pub(crate) fn send(&mut self, text: &str) -> io::Result<()> {
        self.send_frame(TEXT, text.as_bytes())
    }

    /// The next text; pings are answered on the way.
    pub(crate) fn receive(&mut self) -> io::Result<String> {
        loop {
            let mut head = [0; 2];
            self.stream.read_exact(&mut head)?;
            let [first, second] = head;
            let length = match second {
                LENGTH_IN_TWO_BYTES => self.read_number::<2>()?,
                LENGTH_IN_EIGHT_BYTES => self.read_number::<8>()?,
                short => short.into(),
            };
            let mut payload = vec![0; length];
            self.stream.read_exact(&mut payload)?;
            match first & 0x0f {
                TEXT => return String::from_utf8(payload).map_err(|_bytes| malformed("a text is none")),
                PING => self.send_frame(PONG, &payload)?,
                PONG => {}
                _ => return Err(malformed("the server ended a socket")),
            }
        }
    }

    fn read_number<const BYTES: usize>(&mut self) -> io::Result<usize> {
        let mut bytes = [0; BYTES];
        self.stream.read_exact(&mut bytes)?;
        let number = bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
        usize::try_from(number).map_err(|_long| malformed("a frame is too long"))
    }

    fn send_frame(&mut self, kind: u8, payload: &[u8]) -> io::Result<()> {
        let length = u16::try_from(payload.len()).map_err(|_long| malformed("a text is too long"))?;
        // Clients must mask what they send; a mask of zeros leaves it as it is.
        let mut frame = vec![FINAL | kind, MASKED | LENGTH_IN_TWO_BYTES];
        if let Some(short) = u8::try_from(length).ok().filter(|short| *short < LENGTH_IN_TWO_BYTES) {
            frame = vec![FINAL | kind, MASKED | short];
        } else {
            frame.extend(length.to_be_bytes());
        }
        frame.extend([0; 4]);
        frame.extend(payload);
        self.stream.write_all(&frame)
    }
}
