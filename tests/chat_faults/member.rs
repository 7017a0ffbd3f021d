//! A careful client: it notices when its line is dead, connects again, asks for what it has missed, and says again what it
//! does not know to have arrived.

use crate::support::frames;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};
use tokio_tungstenite::tungstenite::{Bytes, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// How often the client asks whether the server is still there.
const PING_EVERY: Duration = Duration::from_millis(100);
/// Without an answer for so long, the line is dead, whatever else is heard over it. It is twice as long after each
/// connection over which nothing new was heard: the machine may just be slow.
const PATIENCE_MIN: Duration = Duration::from_millis(600);
const PATIENCE_MAX: Duration = Duration::from_secs(20);

/// The place of a message and what it says.
pub(super) type Said = (usize, String);

type Stream = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A member of a chat.
pub(super) struct Member {
    pub(super) name: &'static str,
    /// Where to connect, with everything but `after`.
    address: String,
    /// All that was heard, over one line after the other; the first one has place 1.
    pub(super) heard: Vec<Said>,
    /// What is still to be said; the last one is the next, and may have been said already.
    unsaid: Vec<String>,
    said: BTreeSet<String>,
    said_again: BTreeSet<String>,
    patience: Duration,
}

impl Member {
    pub(super) fn new(name: &'static str, address: String, messages: usize) -> Self {
        let unsaid = (1..=messages).rev().map(|number| format!("{name} {number}")).collect();
        let (said, said_again) = (BTreeSet::new(), BTreeSet::new());
        Self { name, address, heard: Vec::new(), unsaid, said, said_again, patience: PATIENCE_MIN }
    }

    /// Talks until so many messages were heard, over as many connections as it takes.
    pub(super) async fn talk_until(&mut self, total: usize) {
        while self.heard.len() < total {
            let before = self.heard.len();
            let address = format!("{}&after={before}", self.address);
            if let Ok(Ok((stream, _))) = timeout(self.patience, connect_async(address)).await {
                // Why it ended does not matter: the next one begins behind what was heard.
                let _: Option<()> = self.talk(stream, total).await;
            }
            let is_better = self.heard.len() > before;
            self.patience = if is_better { PATIENCE_MIN } else { (self.patience * 2).min(PATIENCE_MAX) };
        }
    }

    /// Talks over one connection until all was heard, or nothing when it is dead.
    async fn talk(&mut self, mut stream: Stream, total: usize) -> Option<()> {
        let mut pings = interval(PING_EVERY);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut answered = Instant::now();
        self.say(&mut stream).await?;
        while self.heard.len() < total {
            tokio::select! {
                _ = pings.tick() => {
                    if answered.elapsed() > self.patience {
                        return None;
                    }
                    self.send(&mut stream, Message::Ping(Bytes::new())).await?;
                }
                frame = stream.next() => match frame?.ok()? {
                    Message::Text(text) => {
                        let frame = serde_json::from_str(&text).expect("JSON");
                        frames::check(&frame);
                        if self.hear(&frame) {
                            self.say(&mut stream).await?;
                        }
                    }
                    Message::Pong(_) => answered = Instant::now(),
                    _ => {}
                },
            }
        }
        Some(())
    }

    /// Hears a frame; whether what was said last is in it.
    fn hear(&mut self, frame: &Value) -> bool {
        let mut is_heard = false;
        for (place, message) in messages(frame) {
            if let Some(known) = self.heard.get(place - 1) {
                // What is said again is told again to whoever says it, and nothing else is.
                assert!(self.said_again.contains(&message), "{} hears {message:?} twice", self.name);
                assert_eq!(*known, (place, message), "another message has taken the place");
                continue;
            }
            assert_eq!(place, self.heard.len() + 1, "{} hears {message:?} too early", self.name);
            if self.unsaid.last() == Some(&message) {
                self.unsaid.pop();
                is_heard = true;
            }
            self.heard.push((place, message));
        }
        is_heard
    }

    /// Says the next thing, or once more what is not known to have arrived.
    async fn say(&mut self, stream: &mut Stream) -> Option<()> {
        let Some(text) = self.unsaid.last() else { return Some(()) };
        if !self.said.insert(text.clone()) {
            self.said_again.insert(text.clone());
        }
        let frame = json!({ "message": text, "client_msg_id": text });
        self.send(stream, Message::text(frame.to_string())).await
    }

    async fn send(&self, stream: &mut Stream, frame: Message) -> Option<()> {
        timeout(self.patience, stream.send(frame)).await.ok()?.ok()
    }
}

/// The messages in a frame, which must be history or live.
pub(super) fn messages(frame: &Value) -> Vec<Said> {
    let said = |message: &Value| {
        let place = message["seq"].as_u64().and_then(|place| usize::try_from(place).ok());
        let place = place.unwrap_or_else(|| panic!("no message: {message}"));
        (place, message["message"].as_str().expect("text").to_owned())
    };
    frame.as_array().map_or_else(|| vec![said(frame)], |history| history.iter().map(said).collect())
}
