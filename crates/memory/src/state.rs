//! All rows, by domain.

use crate::table::Table;
use audit::{LoginLog, LoginLogId, TrailEntry};
use categories::{Category, Subcategory};
use chat::{Chat, ChatId, NewMessage};
use idempotency::{Fingerprint, RequestId, StoredResponse};
use kernel::{CategoryId, Instant, SessionId, SubcategoryId, UserId};
use ledger::{Entry, EntryId, ExternalId};
use std::collections::BTreeMap;
use std::sync::Arc;
use users::User;

/// The rows of all domains. A clone shares them; `Arc::make_mut` clones the part that is changed. So a read clones nothing, and a
/// write clones what it changes.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    pub(crate) audit: Arc<Audit>,
    pub(crate) categories: Arc<Categories>,
    pub(crate) chats: Arc<Chats>,
    pub(crate) responses: Arc<Responses>,
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) sessions: Arc<Sessions>,
    pub(crate) users: Arc<Users>,
}

/// What was noted. The trail outlives the users that it names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Audit {
    pub(crate) login_logs: Table<LoginLogId, LoginLog>,
    pub(crate) trail: Vec<TrailEntry>,
}

/// When the last token of each ended session dies. They outlive their users.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sessions {
    pub(crate) revoked: BTreeMap<SessionId, Instant>,
}

/// What entries are filed under.
#[derive(Debug, Clone, Default)]
pub(crate) struct Categories {
    pub(crate) rows: Table<CategoryId, Category>,
    pub(crate) subcategories: Table<SubcategoryId, Subcategory>,
}

/// The chats, what was said in them, and who answers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chats {
    pub(crate) rows: Table<ChatId, ChatRow>,
    /// By chat and `seq`.
    pub(crate) messages: BTreeMap<(ChatId, i64), NewMessage>,
    /// When each agent was last given a chat.
    pub(crate) given_a_chat_at: BTreeMap<UserId, Instant>,
}

/// A chat, and the highest `seq` that it ever gave.
#[derive(Debug, Clone)]
pub(crate) struct ChatRow {
    pub(crate) chat: Chat,
    pub(crate) last_seq: i64,
}

/// What was answered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Responses {
    pub(crate) rows: BTreeMap<RequestId, ResponseRow>,
}

/// What is kept of a request.
#[derive(Debug, Clone)]
pub(crate) struct ResponseRow {
    pub(crate) owner: Option<UserId>,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) expires_at: Instant,
    /// Missing only inside the transaction that puts it there.
    pub(crate) answer: Option<StoredResponse>,
}

/// The entries of everybody.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger {
    pub(crate) entries: Table<EntryId, EntryRow>,
}

/// An entry, and what another system calls it.
#[derive(Debug, Clone)]
pub(crate) struct EntryRow {
    pub(crate) entry: Entry,
    pub(crate) external_id: Option<ExternalId>,
}

/// The users by their numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Users {
    pub(crate) rows: BTreeMap<UserId, User>,
    /// The highest number ever given.
    pub(crate) last: i64,
}
