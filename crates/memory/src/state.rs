//! All rows, by domain, and helpers for all ports.

use crate::audit::Audit;
use crate::auth::Sessions;
use crate::categories::Categories;
use crate::chat::Chats;
use crate::idempotency::Answers;
use crate::ledger::Ledger;
use crate::users::Users;
use kernel::StoreError;
use std::sync::Arc;

/// The rows of all domains. A clone shares them; `Arc::make_mut` clones the part that is changed. So a read clones nothing, and a
/// write clones what it changes.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    pub(crate) audit: Arc<Audit>,
    pub(crate) categories: Arc<Categories>,
    pub(crate) chats: Arc<Chats>,
    pub(crate) answers: Arc<Answers>,
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) sessions: Arc<Sessions>,
    pub(crate) users: Arc<Users>,
}

/// A row that is referred to must exist; otherwise another transaction has removed it.
pub(crate) fn require(is_there: bool, what: &str) -> Result<(), StoreError> {
    if is_there { Ok(()) } else { Err(StoreError::lost_race(format!("the {what} is not there"))) }
}

/// A unique row must not exist; otherwise another transaction has added it.
pub(crate) fn require_absent(is_there: bool, what: &str) -> Result<(), StoreError> {
    if is_there { Err(StoreError::lost_race(format!("the {what} is there already"))) } else { Ok(()) }
}

/// The length of a list, which is far below the limit.
pub(crate) fn count(length: usize) -> Result<u32, StoreError> {
    u32::try_from(length).map_err(StoreError::fault)
}

/// A limit as the length of a list.
pub(crate) fn length(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}
