//! Lists a part of an administrator's chats.

use crate::{Chat, ChatError, ChatRepository};
use kernel::{Page, PageRequest, Position, UserId};

/// A part of what [`list_chats`](crate::list_chats) answers, in the same order. That nothing is left after a position is no
/// fault.
///
/// # Errors
/// `NoChats` when there is none from the beginning, `Store`.
pub fn page_chats<R>(repo: &mut R, admin: UserId, wanted: PageRequest) -> Result<Page<Chat>, ChatError>
where
    R: ChatRepository + ?Sized,
{
    let page = Page::read(wanted, |wanted| repo.list_chats_of_admin_after(admin, wanted))?;
    if page.rows.is_empty() && wanted.after == Position::START { Err(ChatError::NoChats) } else { Ok(page) }
}
