//! Every row there is, domain by domain, and what all ports ask of it.

use crate::audit::Audit;
use crate::auth::Sessions;
use crate::categories::Categories;
use crate::chat::Chats;
use crate::idempotency::Answers;
use crate::ledger::Ledger;
use crate::users::Users;
use kernel::StoreError;
use std::sync::Arc;

/// The parts of all domains. A copy of it shares them; `Arc::make_mut` copies the one that is changed, so that reading copies
/// nothing, and writing copies what it touches.
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

/// What is referred to must be there; that it is not means that another transaction removed it.
pub(crate) fn require(is_there: bool, what: &str) -> Result<(), StoreError> {
    if is_there { Ok(()) } else { Err(StoreError::lost_race(format!("the {what} is not there"))) }
}

/// What must be unique must not be there; that it is means that another transaction added it.
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
