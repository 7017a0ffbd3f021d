//! A client of the chat's socket that waits for every frame with a deadline.

use super::TestApp;
use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Longer than anything takes that works.
const DEADLINE: Duration = Duration::from_secs(60);

/// An open socket.
pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Opens a socket; the status of the refusal when the server refuses.
    pub(crate) async fn open(app: &TestApp, path: &str) -> Result<Self, u16> {
        Self::open_with(app, path, &[]).await
    }

    /// Opens a socket with more headers.
    pub(crate) async fn open_with(app: &TestApp, path: &str, headers: &[(&'static str, String)]) -> Result<Self, u16> {
        let mut request = format!("ws://{}{path}", app.address).into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match timeout(DEADLINE, connect_async(request)).await.unwrap() {
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            opened => Ok(Self(opened.unwrap().0)),
        }
    }

    /// Sends a text frame.
    pub(crate) async fn send(&mut self, text: &str) {
        self.send_raw(Message::text(text)).await;
    }

    /// Sends any frame.
    pub(crate) async fn send_raw(&mut self, message: Message) {
        self.0.send(message).await.unwrap();
    }

    /// The next frame; pings are passed over.
    pub(crate) async fn raw(&mut self) -> Message {
        loop {
            match timeout(DEADLINE, self.0.next()).await.unwrap().unwrap().unwrap() {
                Message::Ping(_) => {}
                message => return message,
            }
        }
    }

    /// The next frame, which must be JSON text.
    pub(crate) async fn json(&mut self) -> Value {
        serde_json::from_str(self.raw().await.to_text().unwrap()).unwrap()
    }

    /// The code that the server ends the socket with; frames before it are passed over.
    pub(crate) async fn close_code(&mut self) -> u16 {
        loop {
            if let Message::Close(frame) = self.raw().await {
                return frame.unwrap().code.into();
            }
        }
    }
}
