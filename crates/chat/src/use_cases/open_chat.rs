//! Gets the customer's chat, or opens one.

use crate::{Chat, ChatError, ChatId, ChatRepository, HandedOver};
use kernel::{IdSource, Instant, UserId};

/// The customer's chat, and whether it had to change hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenedChat {
    /// The chat as it stands now.
    pub chat: Chat,
    /// Set when its administrator could no longer answer and another one took over.
    pub handed_over: Option<HandedOver>,
}

/// The customer's open chat, or a new one with the agent that has the fewest. A chat whose administrator may no longer
/// answer is given to another one; if there is none, it stays where it is.
///
/// # Errors
/// `NoAdminAvailable` when a new chat finds no agent, `Store`.
pub fn open_chat<R>(repo: &mut R, ids: &dyn IdSource, now: Instant, customer: UserId) -> Result<OpenedChat, ChatError>
where
    R: ChatRepository + ?Sized,
{
    let Some(chat) = repo.find_chat_of_customer(customer)? else {
        let admin = repo.find_free_agent(&[customer])?.ok_or(ChatError::NoAdminAvailable)?;
        let chat = Chat { id: ChatId(ids.uuid()), customer, admin, created_at: now };
        repo.insert_chat(&chat)?;
        return Ok(OpenedChat { chat, handed_over: None });
    };
    if repo.is_agent(chat.admin)? {
        return Ok(OpenedChat { chat, handed_over: None });
    }
    let Some(to) = repo.find_free_agent(&[customer, chat.admin])? else {
        return Ok(OpenedChat { chat, handed_over: None });
    };
    repo.reassign_chat(chat.id, to, now)?;
    let handed_over = HandedOver { chat: chat.id, from: chat.admin, to };
    Ok(OpenedChat { chat: Chat { admin: to, ..chat }, handed_over: Some(handed_over) })
}
