//! The frames of the socket as they travel.

use chat::Message;
use http::wire::timestamp;
use kernel::{Form, Instant};
use serde::Serialize;

/// How live frames write the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum TimestampForm {
    /// `2026-11-20 23:04:23`, UTC: what clients have always read.
    #[default]
    Plain,
    /// `2026-11-20T23:04:23.863892Z`, for clients that ask for it with `?ts=iso`.
    Iso,
}

impl TimestampForm {
    /// The form that the query asks for.
    pub(super) fn read(query: &Form) -> Self {
        let asked = query.get("ts").and_then(|raw| raw.as_text().ok());
        if asked == Some("iso") { Self::Iso } else { Self::Plain }
    }

    fn write(self, at: Instant) -> String {
        match self {
            Self::Plain => at.as_datetime().format("%Y-%m-%d %H:%M:%S").to_string(),
            Self::Iso => timestamp(at),
        }
    }
}

/// A message as it is posted, sent to every socket of the chat.
#[derive(Debug, Serialize)]
pub(super) struct LiveFrame<'a> {
    user: &'a str,
    message: &'a str,
    timestamp: String,
    id: String,
    seq: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_msg_id: Option<&'a str>,
}

impl<'a> LiveFrame<'a> {
    /// The frame for a message; the sender goes by its first name.
    pub(super) fn new(message: &'a Message, form: TimestampForm) -> Self {
        Self { user: message.sender_name(), ..Self::with_email(message, form) }
    }

    fn with_email(message: &'a Message, form: TimestampForm) -> Self {
        Self {
            user: &message.sender_email,
            message: message.text.as_str(),
            timestamp: form.write(message.at),
            id: message.id.to_string(),
            seq: message.seq,
            client_msg_id: message.client_msg_id.as_ref().map(|id| id.0.as_str()),
        }
    }
}

/// Messages that were posted before, oldest first; each sender goes by its e-mail, each time is in ISO form.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct HistoryFrame<'a>(Vec<LiveFrame<'a>>);

impl<'a> HistoryFrame<'a> {
    /// The frame for some messages.
    pub(super) fn new(messages: &'a [Message]) -> Self {
        Self(messages.iter().map(|message| LiveFrame::with_email(message, TimestampForm::Iso)).collect())
    }
}

/// What is wrong with a frame that came in. The socket stays open, and nothing was stored.
#[derive(Debug, Serialize)]
pub(super) struct ErrorFrame<'a> {
    /// A sentence for people.
    pub(super) error: &'a str,
    /// A stable name for machines.
    pub(super) code: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use chat::{ChatId, ClientMessageId, Draft, MessageId, NewMessage};
    use kernel::chrono::DateTime;
    use kernel::{Text, UserId, Uuid};

    fn message(first_name: &str) -> Message {
        let new = NewMessage {
            id: MessageId(Uuid::from_u128(7)),
            chat: ChatId(Uuid::nil()),
            sender: UserId(1),
            at: Instant::new(DateTime::from_timestamp(1_795_215_863, 863_892_000).unwrap()),
            draft: Draft { text: Text::stored("hi".to_owned()), client_msg_id: Some(ClientMessageId("c1".to_owned())) },
        };
        new.stored(3, "ann@example.org".to_owned(), first_name.to_owned())
    }

    #[test]
    fn live_frames_name_the_sender_and_history_frames_its_address() {
        let message = message("Ann");
        let live = serde_json::to_value(LiveFrame::new(&message, TimestampForm::Plain)).unwrap();
        let expected = serde_json::json!({
            "user": "Ann", "message": "hi", "timestamp": "2026-11-20 23:04:23",
            "id": "00000000-0000-0000-0000-000000000007", "seq": 3, "client_msg_id": "c1",
        });
        assert_eq!(live, expected);
        let history = serde_json::to_value(HistoryFrame::new(std::slice::from_ref(&message))).unwrap();
        assert_eq!(history[0]["user"], "ann@example.org");
        assert_eq!(history[0]["timestamp"], "2026-11-20T23:04:23.863892Z");
    }

    #[test]
    fn a_sender_without_a_first_name_goes_by_its_address() {
        let message = message("");
        assert_eq!(LiveFrame::new(&message, TimestampForm::Iso).user, "ann@example.org");
    }
}
