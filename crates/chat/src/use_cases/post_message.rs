//! Posts a message.

use crate::{ChatError, ChatId, ChatRepository, Draft, Message, MessageId, NewMessage, enter_chat};
use kernel::{IdSource, Instant, UserId};

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Posted {
    /// It was stored; every member is to hear of it.
    New(Message),
    /// The sender had posted it before under the same `client_msg_id`; only the sender is to be told again.
    Before(Message),
}

/// Stores a message of a member.
///
/// # Errors
/// `ChatNotFound` when the chat was closed, `NotAMember`, `Store`.
pub fn post_message<R>(
    repo: &mut R,
    ids: &dyn IdSource,
    now: Instant,
    chat: ChatId,
    sender: UserId,
    draft: Draft,
) -> Result<Posted, ChatError>
where
    R: ChatRepository + ?Sized,
{
    enter_chat(repo, chat, sender)?;
    if let Some(id) = &draft.client_msg_id
        && let Some(message) = repo.find_message_of_client(chat, sender, id)?
    {
        return Ok(Posted::Before(message));
    }
    let message = NewMessage { id: MessageId(ids.uuid()), chat, sender, at: now, draft };
    repo.insert_message(&message)?.map(Posted::New).ok_or(ChatError::ChatNotFound)
}
