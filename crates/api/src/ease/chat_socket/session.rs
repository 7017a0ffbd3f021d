//! One open socket: what comes in, what goes out, and when it ends.

use super::close::CloseCause;
use super::frames::{ErrorFrame, HistoryFrame, LiveFrame, TimestampForm};
use super::room::{Refusal, Room};
use crate::ease::words::WORDS;
use actix_web::error::PayloadError;
use actix_ws::{AggregatedMessage, AggregatedMessageStream, ProtocolError};
use auth::Caller;
use bus::{Event, Signal, Subscription};
use chat::{ChatError, Draft, Message};
use http::Problem;
use http::body::read_json;
use http::mark_failed;
use http::sockets::{Pace, Pacing};
use opentelemetry::Context;
use opentelemetry::trace::{FutureExt, SpanContext, TraceContextExt};
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout};

/// One open socket.
pub(super) struct Session {
    room: Room,
    caller: Caller,
    socket: actix_ws::Session,
    signals: Subscription,
    timestamps: TimestampForm,
    pace: Pace,
    /// The `seq` of the last message that this socket was sent.
    seen: i64,
    /// When the other side was last heard of.
    heard: Instant,
    /// The span of the request that opened the socket, if that was traced.
    opened_by: SpanContext,
}

/// The socket goes on, or why it ends. `None` means that there is nobody left to tell.
type Step = Result<(), Option<CloseCause>>;

impl Session {
    pub(super) fn new(
        room: Room,
        caller: Caller,
        socket: actix_ws::Session,
        signals: Subscription,
        timestamps: TimestampForm,
        pace: Pace,
    ) -> Self {
        let opened_by = Context::map_current(|context| context.span().span_context().clone());
        Self { room, caller, socket, signals, timestamps, pace, seen: 0, heard: Instant::now(), opened_by }
    }

    /// Serves the socket until either side ends it.
    ///
    /// Most sockets are idle most of the time, so that what one of them waits for holds as little as it can: the session lies
    /// in a box, and whatever happens on the socket has room of its own while it happens.
    pub(super) async fn run(mut self: Box<Self>, mut stream: AggregatedMessageStream, after: Option<i64>) {
        let _open = self.room.state.metrics.socket_opened();
        let Err(cause) = self.serve(&mut stream, after).await else { return };
        self.room.state.metrics.socket_closed(cause.map(CloseCause::code));
        let Some(cause) = cause else { return };
        tracing::debug!(user = self.caller.id.0, chat = %self.room.chat, code = cause.code(), "socket closed");
        // A reader that does not read does not read its close frame either.
        let patience = self.room.state.chat.send_timeout.min(Duration::from_secs(1));
        drop(timeout(patience, self.socket.close(Some(cause.into()))).await);
    }

    async fn serve(&mut self, stream: &mut AggregatedMessageStream, after: Option<i64>) -> Step {
        Box::pin(self.send_history(after)).await?;
        let settings = self.room.state.chat;
        let state = Arc::clone(&self.room.state);
        let mut heartbeat = interval(settings.heartbeat_interval);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let [chance, ..] = *self.room.state.ids.uuid().as_bytes();
        let mut expiry = std::pin::pin!(sleep(self.token_life()));
        let mut shutdown = std::pin::pin!(state.shutdown.turn(chance));
        loop {
            tokio::select! {
                frame = stream.recv() => Box::pin(self.receive(frame)).await?,
                signal = self.signals.next() => Box::pin(self.hear(signal)).await?,
                _ = heartbeat.tick() => Box::pin(self.beat(settings.heartbeat_interval)).await?,
                () = &mut expiry => return Err(Some(CloseCause::SessionEnded)),
                () = &mut shutdown => return Err(Some(CloseCause::Restarting)),
            }
        }
    }

    /// How long the token still lives.
    fn token_life(&self) -> Duration {
        let now = self.room.state.clock.now();
        (self.caller.expires_at.as_datetime() - now.as_datetime()).to_std().unwrap_or_default()
    }

    /// Sends what was said before: the last messages as one array, or everything behind `after` in arrays.
    async fn send_history(&mut self, after: Option<i64>) -> Step {
        let page = self.room.state.chat.history_max;
        let Some(after) = after else {
            let messages = self.answered(self.room.last_messages(page).await).await?;
            return self.send_page(&messages).await;
        };
        // A client cannot have seen what is not there yet; from a number too large nothing would ever come.
        let newest = self.answered(self.room.last_messages(1).await).await?;
        self.seen = after.min(newest.last().map_or(0, |message| message.seq));
        loop {
            let messages = self.answered(self.room.messages_after(self.seen, page).await).await?;
            if messages.is_empty() {
                return Ok(());
            }
            self.send_page(&messages).await?;
        }
    }

    async fn send_page(&mut self, messages: &[Message]) -> Step {
        if let Some(last) = messages.last() {
            self.seen = last.seq;
            self.send(&HistoryFrame::new(messages)).await?;
        }
        Ok(())
    }

    async fn receive(&mut self, frame: Option<Result<AggregatedMessage, ProtocolError>>) -> Step {
        self.heard = Instant::now();
        self.room.state.metrics.frame_received();
        if let Some(Ok(AggregatedMessage::Text(_) | AggregatedMessage::Binary(_) | AggregatedMessage::Ping(_))) = &frame
        {
            match self.pace.frame(&self.room.state) {
                Pacing::Go => {}
                Pacing::Wait(wait) => return self.send_problem(Problem::throttled(wait)).await,
                Pacing::Stop => return Err(Some(CloseCause::TooManyFrames)),
            }
        }
        match frame {
            Some(Ok(AggregatedMessage::Text(text))) => match self.room.state.traces.begin_frame(&self.opened_by) {
                // It ends with its context.
                Some(context) => self.post(&text).with_context(context).await,
                None => self.post(&text).await,
            },
            Some(Ok(AggregatedMessage::Binary(_))) => self.send_problem(ChatError::NotAnObject.into()).await,
            Some(Ok(AggregatedMessage::Ping(bytes))) => {
                let patience = self.room.state.chat.send_timeout;
                sent(&timeout(patience, self.socket.pong(&bytes)).await)
            }
            Some(Ok(AggregatedMessage::Pong(_))) => Ok(()),
            Some(Ok(AggregatedMessage::Close(_))) => {
                // Echo it, as RFC 6455 section 5.5.1 asks.
                let patience = self.room.state.chat.send_timeout;
                drop(timeout(patience, self.socket.clone().close(None)).await);
                Err(None)
            }
            Some(Err(error)) => Err(Some(protocol_error(&error))),
            None => Err(None),
        }
    }

    async fn post(&mut self, text: &str) -> Step {
        let draft = match read_draft(text) {
            Ok(draft) => draft,
            Err(error) => return self.send_problem(error.into()).await,
        };
        match self.room.post(draft).await {
            Ok(None) => Ok(()),
            // It is handed back in its place, behind what this socket has yet to hear of.
            Ok(Some(message)) if message.seq > self.seen => self.catch_up().await,
            Ok(Some(message)) => self.send(&LiveFrame::new(&message, self.timestamps)).await,
            Err(Refusal::Close(cause)) => Err(Some(cause)),
            Err(Refusal::Busy(problem)) => self.send_problem(problem).await,
        }
    }

    async fn hear(&mut self, signal: Signal) -> Step {
        let event = match signal {
            Signal::Missed => {
                self.room.state.metrics.chat_event("missed");
                return self.catch_up().await;
            }
            Signal::Event(event) => event,
        };
        self.room.state.metrics.chat_event(name_of(&event));
        match &*event {
            Event::Posted(message) if message.seq <= self.seen => Ok(()),
            Event::Posted(message) if message.seq == self.seen + 1 => self.send_live(message).await,
            // Two messages may be told in another order than they were stored in: the store knows the right one.
            Event::Posted(_) => self.catch_up().await,
            Event::ChatClosed(_) => Err(Some(CloseCause::ChatClosed)),
            Event::ChatHandedOver { from, .. } if *from == self.caller.id => Err(Some(CloseCause::NotAMember)),
            Event::SessionEnded { session, .. } if *session == self.caller.session => {
                Err(Some(CloseCause::SessionEnded))
            }
            Event::SessionsEnded { except, .. } if *except != Some(self.caller.session) => {
                Err(Some(CloseCause::SessionEnded))
            }
            Event::ChatHandedOver { .. } | Event::SessionEnded { .. } | Event::SessionsEnded { .. } => Ok(()),
        }
    }

    /// Sends whatever the store has and this socket has not, as live frames.
    async fn catch_up(&mut self) -> Step {
        let page = self.room.state.chat.history_max;
        loop {
            let messages = self.answered(self.room.messages_after(self.seen, page).await).await?;
            if messages.is_empty() {
                return Ok(());
            }
            for message in &messages {
                self.send_live(message).await?;
            }
        }
    }

    async fn beat(&mut self, interval: Duration) -> Step {
        if self.heard.elapsed() > interval * 2 {
            return Err(None);
        }
        let patience = self.room.state.chat.send_timeout;
        sent(&timeout(patience, self.socket.ping(b"")).await)
    }

    /// The answer of the store; without one the socket ends, and the client resumes when the store is back.
    async fn answered<R>(&mut self, answer: Result<R, Refusal>) -> Result<R, Option<CloseCause>> {
        match answer {
            Ok(answer) => Ok(answer),
            Err(Refusal::Close(cause)) => Err(Some(cause)),
            Err(Refusal::Busy(problem)) => {
                self.send_problem(problem).await?;
                Err(Some(CloseCause::Restarting))
            }
        }
    }

    async fn send_live(&mut self, message: &Message) -> Step {
        self.send(&LiveFrame::new(message, self.timestamps)).await?;
        self.seen = message.seq;
        Ok(())
    }

    async fn send_problem(&mut self, problem: Problem) -> Step {
        let problem = problem.worded(WORDS);
        problem.log();
        Context::map_current(|context| mark_failed(context, problem.code()));
        self.send(&ErrorFrame { error: &problem.sentence(), code: problem.code() }).await
    }

    async fn send<F: Serialize>(&mut self, frame: &F) -> Step {
        let text = serde_json::to_string(frame).or(Err(Some(CloseCause::Fault)))?;
        self.room.state.metrics.frame_sent();
        sent(&timeout(self.room.state.chat.send_timeout, self.socket.text(text)).await)
    }
}

/// A frame that does not leave in time has a reader that does not read.
fn sent(outcome: &Result<Result<(), actix_ws::Closed>, tokio::time::error::Elapsed>) -> Step {
    match outcome {
        Ok(Ok(())) => Ok(()),
        Ok(Err(actix_ws::Closed)) => Err(None),
        Err(_) => Err(Some(CloseCause::SlowReader)),
    }
}

/// The name under which an event is counted.
fn name_of(event: &Event) -> &'static str {
    match event {
        Event::Posted(_) => "posted",
        Event::ChatClosed(_) => "chat_closed",
        Event::ChatHandedOver { .. } => "chat_handed_over",
        Event::SessionEnded { .. } => "session_ended",
        Event::SessionsEnded { .. } => "sessions_ended",
    }
}

pub(crate) fn read_draft(text: &str) -> Result<Draft, ChatError> {
    let form = read_json(text.as_bytes()).or(Err(ChatError::NotAnObject))?;
    Draft::read(&form)
}

fn protocol_error(error: &ProtocolError) -> CloseCause {
    let too_large = match error {
        ProtocolError::Overflow => true,
        ProtocolError::Io(error) => error
            .get_ref()
            .and_then(|cause| cause.downcast_ref())
            .is_some_and(|cause| matches!(cause, PayloadError::Overflow)),
        _ => false,
    };
    if too_large { CloseCause::FrameTooLarge } else { CloseCause::Protocol }
}
