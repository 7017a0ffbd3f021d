//! What can be done with support chats, use case by use case, against the store in memory.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod close_chat;
mod draft;
mod enter_chat;
mod get_chat;
mod hand_over_chats;
mod list_chats;
mod open_chat;
mod page_chats;
mod post_message;

use chat::{Chat, ChatError, Draft, open_chat};
use kernel::chrono::DateTime;
use kernel::fakes::{FixedClock, SequentialIds};
use kernel::{Clock, Form, Instant, Raw, UserId};
use memory::MemoryStore;
use store::{Store, Tx};
use users::{Email, User, UserDetails, UserError, UserState};

/// A store, the time, and the identifiers of what is put into the store.
struct Desk {
    store: MemoryStore,
    clock: FixedClock,
    ids: SequentialIds,
}

impl Desk {
    fn new() -> Self {
        let now = Instant::new(DateTime::UNIX_EPOCH).plus_seconds(1_800_000_000);
        Self { store: MemoryStore::default(), clock: FixedClock::at(now), ids: SequentialIds::default() }
    }

    fn store(&self) -> &dyn Store {
        &self.store
    }

    fn read<R>(&self, work: impl FnOnce(&mut dyn Tx) -> Result<R, ChatError>) -> Result<R, ChatError> {
        self.store().read(work)
    }

    fn write<R>(&self, work: impl FnMut(&mut dyn Tx) -> Result<R, ChatError>) -> Result<R, ChatError> {
        self.store().write(work)
    }

    fn add(&self, name: &str, is_staff: bool) -> UserId {
        let email = Email::parse(&text(&format!("{name}@example.org"))).unwrap();
        let user = UserDetails { is_staff, ..UserDetails::active(email, String::new(), self.clock.now()) };
        self.store().write(|tx| tx.insert_user(&user)).unwrap().id
    }

    fn customer(&self, name: &str) -> UserId {
        self.add(name, false)
    }

    fn agent(&self, name: &str) -> UserId {
        self.add(name, true)
    }

    /// Changes a user as an administrator would.
    fn change(&self, user: UserId, change: impl Fn(&mut User)) {
        let changed = self.store().write(|tx| -> Result<(), UserError> {
            let mut user = tx.find_user(user)?.unwrap();
            change(&mut user);
            tx.update_user(&user)
        });
        changed.unwrap();
    }

    fn block(&self, user: UserId) {
        self.change(user, |user| user.details.state = UserState::Blocked);
    }

    /// Gets or opens the customer's chat, a second later than whatever happened before.
    fn open(&self, customer: UserId) -> Chat {
        self.clock.advance_seconds(1);
        self.write(|tx| open_chat(tx, &self.ids, self.clock.now(), customer)).unwrap().chat
    }
}

fn text(value: &str) -> Raw {
    Raw::Text(value.to_owned())
}

fn draft(message: &str) -> Draft {
    Draft::read(&Form::from_iter([("message", text(message))])).unwrap()
}
