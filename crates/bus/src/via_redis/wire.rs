//! Events in the form in which nodes exchange them: compact JSON with short names.

use super::outbox::Numbered;
use crate::Event;
use chat::{ChatId, ClientMessageId, Draft, Message, MessageId, NewMessage};
use kernel::chrono::DateTime;
use kernel::{Instant, SessionId, Text, UserId, Uuid};
use serde::{Deserialize, Serialize};

/// The longest envelope that is read. A message is 255 characters at most; its envelope is far shorter than this.
const BYTES_MAX: usize = 16 * 1024;

/// What one node sends to the others.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Envelope {
    /// The sending node.
    pub(super) node: Uuid,
    /// The number of the event; without an event, the number of the last one.
    pub(super) number: u64,
    /// What happened.
    pub(super) event: Option<Event>,
}

impl Envelope {
    /// The envelope of an event.
    pub(super) fn of(node: Uuid, Numbered { number, event }: Numbered) -> Self {
        Self { node, number, event: Some(event) }
    }

    /// The envelope as JSON; `None` if it cannot be written.
    pub(super) fn write(&self) -> Option<Vec<u8>> {
        let event = self.event.as_ref().map(WireEvent::from);
        serde_json::to_vec(&WireEnvelope { n: self.node.to_string(), s: self.number, e: event }).ok()
    }

    /// Parses an envelope; `None` for text that no node of this version writes.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > BYTES_MAX {
            return None;
        }
        let wire: WireEnvelope = serde_json::from_slice(bytes).ok()?;
        let event = match wire.e {
            Some(event) => Some(event.read()?),
            None => None,
        };
        Some(Self { node: uuid(&wire.n)?, number: wire.s, event })
    }
}

/// No `Debug` here and below, because messages are private.
#[derive(Serialize, Deserialize)]
struct WireEnvelope {
    n: String,
    s: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    e: Option<WireEvent>,
}

#[derive(Serialize, Deserialize)]
enum WireEvent {
    #[serde(rename = "p")]
    Posted(Box<WireMessage>),
    #[serde(rename = "c")]
    ChatClosed { chat: String },
    #[serde(rename = "h")]
    ChatHandedOver { chat: String, from: i64 },
    #[serde(rename = "l")]
    SessionEnded { user: i64, session: String },
    #[serde(rename = "e")]
    SessionsEnded { user: i64, except: Option<String> },
}

#[derive(Serialize, Deserialize)]
struct WireMessage {
    seq: i64,
    id: String,
    chat: String,
    sender: i64,
    /// Microseconds since 1970, as databases store it.
    at: i64,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cmid: Option<String>,
    email: String,
    name: String,
}

impl From<&Event> for WireEvent {
    fn from(event: &Event) -> Self {
        match event {
            Event::Posted(message) => Self::Posted(Box::new(message.into())),
            Event::ChatClosed(chat) => Self::ChatClosed { chat: chat.0.to_string() },
            Event::ChatHandedOver { chat, from } => Self::ChatHandedOver { chat: chat.0.to_string(), from: from.0 },
            Event::SessionEnded { user, session } => {
                Self::SessionEnded { user: user.0, session: session.0.to_string() }
            }
            Event::SessionsEnded { user, except } => {
                Self::SessionsEnded { user: user.0, except: except.map(|session| session.0.to_string()) }
            }
        }
    }
}

impl From<&Message> for WireMessage {
    fn from(message: &Message) -> Self {
        Self {
            seq: message.seq,
            id: message.id.0.to_string(),
            chat: message.chat.0.to_string(),
            sender: message.sender.0,
            at: message.at.as_datetime().timestamp_micros(),
            text: message.text.as_str().to_owned(),
            cmid: message.client_msg_id.as_ref().map(|id| id.0.clone()),
            email: message.sender_email.clone(),
            name: message.sender_first_name.clone(),
        }
    }
}

impl WireEvent {
    fn read(self) -> Option<Event> {
        Some(match self {
            Self::Posted(message) => Event::Posted(message.read()?),
            Self::ChatClosed { chat } => Event::ChatClosed(ChatId(uuid(&chat)?)),
            Self::ChatHandedOver { chat, from } => {
                Event::ChatHandedOver { chat: ChatId(uuid(&chat)?), from: UserId(from) }
            }
            Self::SessionEnded { user, session } => {
                Event::SessionEnded { user: UserId(user), session: SessionId(uuid(&session)?) }
            }
            Self::SessionsEnded { user, except } => {
                let except = match except {
                    Some(session) => Some(SessionId(uuid(&session)?)),
                    None => None,
                };
                Event::SessionsEnded { user: UserId(user), except }
            }
        })
    }
}

impl WireMessage {
    fn read(self) -> Option<Message> {
        let draft = Draft { text: Text::stored(self.text), client_msg_id: self.cmid.map(ClientMessageId) };
        let new = NewMessage {
            id: MessageId(uuid(&self.id)?),
            chat: ChatId(uuid(&self.chat)?),
            sender: UserId(self.sender),
            at: Instant::new(DateTime::from_timestamp_micros(self.at)?),
            draft,
        };
        Some(new.stored(self.seq, self.email, self.name))
    }
}

fn uuid(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(text: &str, client_msg_id: Option<&str>) -> Event {
        let draft = Draft {
            text: Text::stored(text.to_owned()),
            client_msg_id: client_msg_id.map(|id| ClientMessageId(id.to_owned())),
        };
        let new = NewMessage {
            id: MessageId(Uuid::from_u128(7)),
            chat: ChatId(Uuid::from_u128(8)),
            sender: UserId(1),
            at: Instant::new(DateTime::from_timestamp_micros(1_795_215_863_863_892).unwrap()),
            draft,
        };
        let (sender_email, sender_first_name) = ("ann@example.org".to_owned(), "Ann".to_owned());
        Event::Posted(new.stored(3, sender_email, sender_first_name))
    }

    fn session(number: u128) -> SessionId {
        SessionId(Uuid::from_u128(number))
    }

    #[test]
    fn every_event_arrives_as_it_was_sent() {
        let chat = ChatId(Uuid::from_u128(8));
        let events = [
            None,
            Some(posted("\"quoted\"\n\u{1f600}", Some("m-1"))),
            Some(posted(&"\u{1f600}".repeat(255), None)),
            Some(Event::ChatClosed(chat)),
            Some(Event::ChatHandedOver { chat, from: UserId(2) }),
            Some(Event::SessionEnded { user: UserId(2), session: session(9) }),
            Some(Event::SessionsEnded { user: UserId(2), except: Some(session(9)) }),
            Some(Event::SessionsEnded { user: UserId(2), except: None }),
        ];
        for (number, event) in (1..).zip(events) {
            let envelope = Envelope { node: Uuid::from_u128(5), number, event };
            let bytes = envelope.write().unwrap();
            assert!(bytes.len() < BYTES_MAX / 4);
            assert_eq!(Envelope::read(&bytes), Some(envelope));
        }
    }

    #[test]
    fn what_no_node_writes_is_not_read() {
        let good = r#"{"n":"00000000-0000-0000-0000-000000000005","s":1}"#;
        assert!(Envelope::read(good.as_bytes()).is_some());
        for bad in
            ["", "{}", r#"{"n":"x","s":1}"#, &good.replace("1}", r#"1,"e":{"new":{}}}"#), &good.replace('1', "-1")]
        {
            assert_eq!(Envelope::read(bad.as_bytes()), None, "{bad}");
        }
        let endless = format!("{good}{}", " ".repeat(BYTES_MAX));
        assert_eq!(Envelope::read(endless.as_bytes()), None);
    }
}
