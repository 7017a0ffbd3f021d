//! What a socket asks of the store: who may be here, what was said, and to say something.

use super::close::CloseCause;
use auth::{AuthError, Caller, authenticate};
use bus::Event;
use chat::{ChatError, ChatId, Draft, Message, Posted, enter_chat, post_message};
use http::{AppState, Problem, blocking};
use kernel::{Failure, Kind};
use std::sync::Arc;
use store::Tx;
use tokio::time::timeout;

/// One member's place in one chat. Every question is answered by the store as it stands right now.
#[derive(Clone)]
pub(super) struct Room {
    pub(super) state: Arc<AppState>,
    pub(super) chat: ChatId,
    /// The token that opened the socket; checked again with every question.
    pub(super) token: Arc<str>,
}

/// Why a question was not answered.
pub(super) enum Refusal {
    /// The socket has to go.
    Close(CloseCause),
    /// The store is away for the moment; the socket may stay.
    Busy(Problem),
}

impl From<AuthError> for Refusal {
    fn from(error: AuthError) -> Self {
        match error.kind() {
            Kind::Unavailable => Self::Busy(error.into()),
            Kind::Internal => Self::fault(&error.into()),
            _ => Self::Close(CloseCause::SessionEnded),
        }
    }
}

impl From<ChatError> for Refusal {
    fn from(error: ChatError) -> Self {
        match error {
            ChatError::ChatNotFound => Self::Close(CloseCause::ChatClosed),
            ChatError::NotAMember => Self::Close(CloseCause::NotAMember),
            other if other.kind() == Kind::Internal => Self::fault(&other.into()),
            other => Self::Busy(other.into()),
        }
    }
}

impl Refusal {
    fn fault(problem: &Problem) -> Self {
        problem.log();
        Self::Close(CloseCause::Fault)
    }
}

impl Room {
    /// Who holds the token, if it may be in this chat.
    pub(super) async fn enter(&self) -> Result<Caller, Refusal> {
        self.ask(|room, tx| room.member(tx)).await
    }

    /// The next messages after a `seq`, at most `limit`, for a member.
    pub(super) async fn messages_after(&self, after: i64, limit: u32) -> Result<Vec<Message>, Refusal> {
        self.ask(move |room, tx| {
            room.member(tx)?;
            Ok(tx.list_messages_after(room.chat, after, limit).map_err(ChatError::from)?)
        })
        .await
    }

    /// The last messages, at most `limit`, for a member.
    pub(super) async fn last_messages(&self, limit: u32) -> Result<Vec<Message>, Refusal> {
        self.ask(move |room, tx| {
            room.member(tx)?;
            Ok(tx.list_last_messages(room.chat, limit).map_err(ChatError::from)?)
        })
        .await
    }

    /// Stores a message, and tells every socket of the chat. A message that was posted before is handed back, for this
    /// socket only.
    pub(super) async fn post(&self, draft: Draft) -> Result<Option<Message>, Refusal> {
        let room = self.clone();
        self.in_time(move || room.post_now(&draft)).await
    }

    fn post_now(&self, draft: &Draft) -> Result<Option<Message>, Refusal> {
        let state = &self.state;
        let caller = state.store.read(|tx| self.authenticate(tx))?;
        let now = state.clock.now();
        let post = |tx: &mut dyn Tx| post_message(tx, &*state.ids, now, self.chat, caller.id, draft.clone());
        match state.store.write(post)? {
            // Told by the thread that has committed: the socket may have given up waiting.
            Posted::New(message) => {
                state.bus.publish(Event::Posted(message));
                Ok(None)
            }
            Posted::Before(message) => Ok(Some(message)),
        }
    }

    fn member(&self, tx: &mut dyn Tx) -> Result<Caller, Refusal> {
        let caller = self.authenticate(tx)?;
        enter_chat(tx, self.chat, caller.id)?;
        Ok(caller)
    }

    fn authenticate(&self, tx: &mut dyn Tx) -> Result<Caller, AuthError> {
        authenticate(tx, &self.state.tokens, &self.token, self.state.clock.now())
    }

    async fn ask<R: Send + 'static>(
        &self,
        question: impl FnOnce(&Self, &mut dyn Tx) -> Result<R, Refusal> + Send + 'static,
    ) -> Result<R, Refusal> {
        let room = self.clone();
        self.in_time(move || room.state.store.read(|tx| question(&room, tx))).await
    }

    /// Waits for the store, but no longer than a request does.
    async fn in_time<R: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<R, Refusal> + Send + 'static,
    ) -> Result<R, Refusal> {
        match timeout(self.state.limits.request_timeout, blocking(move || Ok(work()))).await {
            Ok(answer) => answer.map_err(|problem| Refusal::fault(&problem))?,
            Err(_elapsed) => Err(Refusal::Busy(Problem::too_slow())),
        }
    }
}

impl From<kernel::StoreError> for Refusal {
    fn from(error: kernel::StoreError) -> Self {
        ChatError::from(error).into()
    }
}
