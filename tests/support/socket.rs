//! A socket of the support chat; nothing it waits for may take for ever.

use super::client::Client;
use super::server::Server;
use super::{PATIENCE, frames};
use futures_util::{SinkExt, StreamExt};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::net::SocketAddr;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Bytes, Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// What a client sends to learn that it was sent the history; the answer to it comes after that.
const SETTLED: &[u8] = b"settled?";

/// An open socket.
pub(crate) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Frames that were read while something else was waited for.
    early: VecDeque<Message>,
}

/// A handshake that was refused.
#[derive(Debug)]
pub(crate) struct Refused {
    /// The status instead of 101.
    pub(crate) status: StatusCode,
    /// What was said with it.
    pub(crate) body: Value,
}

impl Socket {
    /// Joins a chat; what is said from now on comes live.
    pub(crate) async fn join(server: &Server, chat: &str, member: &Client) -> Self {
        Self::join_with(server, chat, member, "").await
    }

    /// Joins a chat with more in the query, such as `&after=3`.
    pub(crate) async fn join_with(server: &Server, chat: &str, member: &Client, more: &str) -> Self {
        let path = format!("/ws/support/chat/{chat}/?token={}{more}", member.token);
        let mut socket = Self::open(server.address(), &path).await.expect("the handshake is refused");
        socket.send_frame(Message::Ping(Bytes::from_static(SETTLED))).await;
        let mut early = VecDeque::new();
        loop {
            match socket.next_where(|frame| !frame.is_ping()).await {
                Message::Pong(answer) if answer == SETTLED => break,
                frame => early.push_back(frame),
            }
        }
        Self { early, ..socket }
    }

    /// Opens whatever there is at a path. What is said from now on may come as history yet.
    pub(crate) async fn open(address: SocketAddr, path: &str) -> Result<Self, Refused> {
        let opened = timeout(PATIENCE, connect_async(format!("ws://{address}{path}"))).await.expect("no answer");
        match opened {
            Ok((stream, _)) => Ok(Self { stream, early: VecDeque::new() }),
            Err(Error::Http(response)) => {
                let body = response.body().as_deref().unwrap_or_default();
                Err(Refused {
                    status: response.status(),
                    body: serde_json::from_slice(body).unwrap_or_else(|_| panic!("no JSON: {response:?}")),
                })
            }
            Err(error) => panic!("no handshake: {error}"),
        }
    }

    /// Says something, as the apps do.
    pub(crate) async fn say(&mut self, message: &str) {
        self.send(json!({ "message": message }).to_string()).await;
    }

    /// Sends a text frame.
    pub(crate) async fn send(&mut self, text: String) {
        self.send_frame(Message::text(text)).await;
    }

    /// Sends any frame.
    pub(crate) async fn send_frame(&mut self, frame: Message) {
        timeout(PATIENCE, self.stream.send(frame)).await.expect("nobody reads").expect("the socket is gone");
    }

    /// Sends a text frame; false when the socket is gone.
    pub(crate) async fn try_send(&mut self, text: String) -> bool {
        timeout(PATIENCE, self.stream.send(Message::text(text))).await.expect("nobody reads").is_ok()
    }

    /// The next text frame; `None` when the socket is gone.
    pub(crate) async fn try_frame(&mut self) -> Option<Value> {
        loop {
            let frame = match self.early.pop_front() {
                Some(frame) => frame,
                None => timeout(PATIENCE, self.stream.next()).await.expect("no frame came")?.ok()?,
            };
            if let Message::Text(text) = frame {
                let frame = serde_json::from_str(&text).expect("JSON");
                frames::check(&frame);
                return Some(frame);
            }
        }
    }

    /// The next frame that is not a ping.
    pub(crate) async fn frame(&mut self) -> Value {
        match self.next_where(|frame| !frame.is_ping()).await {
            Message::Text(text) => {
                let frame = serde_json::from_str(&text).expect("JSON");
                frames::check(&frame);
                frame
            }
            other => panic!("no text frame: {other:?}"),
        }
    }

    /// The next frame, which must be live and say this.
    pub(crate) async fn hears(&mut self, message: &str) -> Value {
        let frame = self.frame().await;
        assert_eq!(frame["message"], message, "{frame}");
        frame
    }

    /// The next frame, which must be history.
    pub(crate) async fn history(&mut self) -> Vec<Value> {
        let frame = self.frame().await;
        frame.as_array().unwrap_or_else(|| panic!("no history: {frame}")).clone()
    }

    /// The code of the next frame, which must be an error.
    pub(crate) async fn error_code(&mut self) -> String {
        let frame = self.frame().await;
        frame["code"].as_str().unwrap_or_else(|| panic!("no error: {frame}")).to_owned()
    }

    /// The next frame of a kind, whatever comes before it.
    pub(crate) async fn next_where(&mut self, wanted: impl Fn(&Message) -> bool) -> Message {
        while let Some(frame) = self.early.pop_front() {
            if wanted(&frame) {
                return frame;
            }
        }
        let next = async {
            loop {
                let frame = self.stream.next().await.expect("the socket is gone").expect("a sound frame");
                if wanted(&frame) {
                    return frame;
                }
            }
        };
        timeout(PATIENCE, next).await.expect("no frame came")
    }

    /// The code that the server closes with, which must be the next thing that happens.
    pub(crate) async fn closed(&mut self) -> u16 {
        match self.next_where(|frame| !frame.is_ping()).await {
            Message::Close(Some(CloseFrame { code, .. })) => code.into(),
            other => panic!("it is not closed, or without a code: {other:?}"),
        }
    }

    /// Leaves as the apps do.
    pub(crate) async fn leave(mut self) {
        timeout(PATIENCE, self.stream.close(None)).await.expect("nobody reads").expect("the socket is gone");
        let rest = async { while self.stream.next().await.is_some_and(|frame| frame.is_ok()) {} };
        timeout(PATIENCE, rest).await.expect("the server does not let go");
    }
}
