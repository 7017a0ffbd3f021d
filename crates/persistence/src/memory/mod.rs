//! The whole store in memory, with real transactions: for tests, and as the plainest reading of the ports.

mod answers;
mod categories;
mod chats;
mod ledger;
mod login_logs;
mod sessions;
mod subcategories;
mod trail;
mod users;

use ::categories::{Category, Subcategory};
use ::ledger::{Entry, ExternalId};
use ::users::User;
use answers::AnswerRow;
use audit::{LoginLog, TrailEntry};
use chats::{ChatRow, MessageRow};
use idempotency::RequestId;
use kernel::{Instant, PageRequest, Position, SessionId, StoreError, UserId, Uuid};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use store::{PoolLoad, Store, Tx, Verdict};

/// How often a transaction that lost a race is run before its error stands.
const ATTEMPTS_MAX: u32 = 5;

/// Keeps everything in memory, and forgets it with the process. Writers take turns.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<State>);

impl MemoryStore {
    /// The committed state. It is whole whatever panics, because a commit is one assignment.
    fn committed(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    /// Hands out a copy, and throws away whatever is changed in it.
    fn run_read(&self, work: &mut dyn FnMut(&mut dyn Tx)) -> Result<(), StoreError> {
        let mut copy = self.committed().clone();
        work(&mut copy);
        Ok(())
    }

    fn run_write(&self, work: &mut dyn FnMut(&mut dyn Tx) -> Verdict) -> Result<(), StoreError> {
        let mut committed = self.committed();
        for _ in 0..ATTEMPTS_MAX {
            let mut draft = committed.clone();
            match work(&mut draft) {
                Verdict::Commit => {
                    *committed = draft;
                    break;
                }
                Verdict::RollBack => break,
                Verdict::Retry => {}
            }
        }
        Ok(())
    }

    fn check(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn pools(&self) -> Vec<PoolLoad> {
        Vec::new()
    }
}

/// A list whose rows have positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum List {
    LoginLogs,
    Categories,
    Subcategories,
    Entries,
    Chats,
}

/// Every row there is. Vectors are in the order of insertion.
#[derive(Debug, Clone, Default)]
struct State {
    users: BTreeMap<UserId, User>,
    /// The highest number ever given to a user.
    last_user: i64,
    /// Where each row of a list stands, also after it was removed.
    positions: BTreeMap<(List, Uuid), Position>,
    /// The highest position ever given.
    last_position: i64,
    login_logs: Vec<LoginLog>,
    trail: Vec<TrailEntry>,
    categories: Vec<Category>,
    subcategories: Vec<Subcategory>,
    entries: Vec<Entry>,
    /// What other systems call entries, also after those were removed.
    external_ids: BTreeMap<Uuid, ExternalId>,
    chats: Vec<ChatRow>,
    messages: Vec<MessageRow>,
    /// When each agent was last given a chat.
    given_a_chat_at: BTreeMap<UserId, Instant>,
    /// When the last token of each ended session dies.
    revoked_sessions: BTreeMap<SessionId, Instant>,
    /// What was answered to requests that their clients named.
    answers: BTreeMap<RequestId, AnswerRow>,
}

impl State {
    /// Puts a new row behind all others.
    fn give_place(&mut self, list: List, id: Uuid) {
        self.last_position += 1;
        self.positions.insert((list, id), Position(self.last_position));
    }

    fn position_of(&self, list: List, id: Uuid) -> Position {
        self.positions.get(&(list, id)).copied().unwrap_or(Position::START)
    }
}

/// The part of a list that is wanted.
fn part<'rows, T: Clone + 'rows>(
    rows: impl Iterator<Item = &'rows T>,
    position_of: impl Fn(&T) -> Position,
    wanted: PageRequest,
) -> Vec<(Position, T)> {
    let placed = rows.map(|row| (position_of(row), row)).filter(|(position, _)| *position > wanted.after);
    placed.take(length(wanted.limit)).map(|(position, row)| (position, row.clone())).collect()
}

/// What is referred to must be there; that it is not means that another transaction removed it.
fn require(is_there: bool, what: &str) -> Result<(), StoreError> {
    if is_there { Ok(()) } else { Err(StoreError::lost_race(format!("the {what} is not there"))) }
}

/// What must be unique must not be there; that it is means that another transaction added it.
fn require_absent(is_there: bool, what: &str) -> Result<(), StoreError> {
    if is_there { Err(StoreError::lost_race(format!("the {what} is there already"))) } else { Ok(()) }
}

/// The length of a list, which is far below the limit.
fn count(length: usize) -> Result<u32, StoreError> {
    u32::try_from(length).map_err(StoreError::fault)
}

/// A limit as the length of a list.
fn length(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}
