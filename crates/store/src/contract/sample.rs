//! Values for clauses to store, and short ways to store them.

use crate::{Store, Tx};
use audit::{LoginLog, LoginLogId, LoginOutcome};
use categories::{Category, Subcategory};
use chat::{Chat, ChatId, Draft, MessageId, NewMessage};
use kernel::chrono::{DateTime, NaiveDate, NaiveTime};
use kernel::{
    CategoryId, Failure, Instant, Money, Period, Raw, Retryable, StoreError, SubcategoryId, Text, UserId, Uuid,
};
use ledger::{Entry, EntryId, Side};
use std::fmt::Debug;
use users::{Email, NewUser, User};

/// Text that a store may not bend: wide, combining, right to left, quoted and escaped.
pub(super) const UNICODE: &str = "Ärger & 猫 e\u{301} שלום 🦀 'it''s' \\n %_ \"q\"";

/// Whatever ended the work of a clause.
#[derive(Debug)]
pub(super) struct Trouble {
    retryable: bool,
    #[expect(dead_code, reason = "read by its Debug output, when a clause fails")]
    error: Box<dyn std::error::Error>,
}

impl<F: Failure> From<F> for Trouble {
    fn from(failure: F) -> Self {
        Self { retryable: failure.retryable(), error: Box::new(failure) }
    }
}

impl Retryable for Trouble {
    fn is_retryable(&self) -> bool {
        self.retryable
    }
}

/// Does something that must succeed.
pub(super) fn write<R>(store: &dyn Store, work: impl FnMut(&mut dyn Tx) -> Result<R, Trouble>) -> R {
    store.write(work).unwrap()
}

/// Reads something that must succeed.
pub(super) fn read<R>(store: &dyn Store, work: impl FnOnce(&mut dyn Tx) -> Result<R, StoreError>) -> R {
    store.read(work).unwrap()
}

/// Does something that must be a lost race: run again, a bounded number of times, in vain.
pub(super) fn lose_race<R: Debug>(store: &dyn Store, mut work: impl FnMut(&mut dyn Tx) -> Result<R, StoreError>) {
    let mut runs = 0_u32;
    let error = store
        .write(|tx| {
            runs += 1;
            work(tx)
        })
        .unwrap_err();
    assert!(error.is_retryable(), "not a lost race: {error:?}");
    assert!(runs > 1, "a lost race was not run again");
}

/// Seconds after 2026-11-20 23:04:20.827822 UTC.
pub(super) fn at(seconds: i64) -> Instant {
    Instant::new(DateTime::from_timestamp_micros(1_795_215_860_827_822).unwrap()).plus_seconds(seconds)
}

/// A date of November 2026.
pub(super) fn november(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

/// A time of day.
pub(super) fn time(hour: u32, minute: u32, second: u32, micro: u32) -> NaiveTime {
    NaiveTime::from_hms_micro_opt(hour, minute, second, micro).unwrap()
}

/// Every date and every time of day.
pub(super) fn always() -> Period {
    let end_date = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
    Period { start_date: None, end_date, start_time: None, end_time: None }
}

/// Text of a bounded length.
pub(super) fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::parse(&Raw::Text(text.to_owned())).unwrap()
}

/// An e-mail address.
pub(super) fn email(address: &str) -> Email {
    Email::parse(&Raw::Text(address.to_owned())).unwrap()
}

/// A plain user of this name.
pub(super) fn person(name: &str) -> NewUser {
    NewUser::active(email(&format!("{name}@example.org")), "hash".to_owned(), at(0))
}

/// A user that may answer chats.
pub(super) fn staff(name: &str) -> NewUser {
    NewUser { is_staff: true, ..person(name) }
}

/// Stores a user.
pub(super) fn add(store: &dyn Store, user: &NewUser) -> User {
    write(store, |tx| Ok(tx.insert_user(user)?))
}

/// Stores a plain user of this name.
pub(super) fn add_person(store: &dyn Store, name: &str) -> UserId {
    add(store, &person(name)).id
}

/// Stores a user of this name that may answer chats.
pub(super) fn add_staff(store: &dyn Store, name: &str) -> UserId {
    add(store, &staff(name)).id
}

/// A category.
pub(super) fn category(number: u128) -> Category {
    Category {
        id: CategoryId(Uuid::from_u128(number)),
        name: text(&format!("category {number}")),
        description: text("what it is for"),
        kind: text("expense"),
        hex_color: text("#a0b1c2"),
    }
}

/// Stores a category.
pub(super) fn add_category(store: &dyn Store, number: u128) -> CategoryId {
    let category = category(number);
    write(store, |tx| Ok(tx.insert_category(&category)?));
    category.id
}

/// A subcategory.
pub(super) fn subcategory(number: u128, category: CategoryId) -> Subcategory {
    Subcategory {
        id: SubcategoryId(Uuid::from_u128(number)),
        name: text(&format!("subcategory {number}")),
        description: text("what it is for"),
        hex_color: text("#a0b1c2"),
        category,
    }
}

/// Stores a subcategory.
pub(super) fn add_subcategory(store: &dyn Store, number: u128, category: CategoryId) -> SubcategoryId {
    let subcategory = subcategory(number, category);
    write(store, |tx| Ok(tx.insert_subcategory(&subcategory)?));
    subcategory.id
}

/// An owner of entries, and what they are filed under.
#[derive(Debug, Clone, Copy)]
pub(super) struct Household {
    pub(super) owner: UserId,
    pub(super) category: CategoryId,
    pub(super) subcategory: SubcategoryId,
}

/// Stores an owner, a category and a subcategory.
pub(super) fn add_household(store: &dyn Store) -> Household {
    let owner = add_person(store, "ann");
    let category = add_category(store, 1);
    Household { owner, category, subcategory: add_subcategory(store, 1, category) }
}

impl Household {
    /// An expense.
    pub(super) fn expense(&self, number: u128) -> Entry {
        Entry { side: Side::Expense, subcategory: Some(self.subcategory), ..self.income(number) }
    }

    /// An income.
    pub(super) fn income(&self, number: u128) -> Entry {
        Entry {
            id: EntryId(Uuid::from_u128(number)),
            side: Side::Income,
            owner: self.owner,
            title: text(&format!("entry {number}")),
            description: text("what for"),
            amount: Money::from_minor(1250),
            creation_date: november(20),
            creation_time: time(10, 11, 12, 0),
            category: self.category,
            subcategory: None,
        }
    }
}

/// A login log.
pub(super) fn login_log(number: u128, user: UserId, outcome: LoginOutcome) -> LoginLog {
    LoginLog::new(LoginLogId(Uuid::from_u128(number)), user, at(0), "web", outcome)
}

/// A chat, opened at `at(0)`.
pub(super) fn chat(number: u128, customer: UserId, admin: UserId) -> Chat {
    Chat { id: ChatId(Uuid::from_u128(number)), customer, admin, created_at: at(0) }
}

/// Stores a chat, opened at `at(seconds)`.
pub(super) fn add_chat(store: &dyn Store, number: u128, customer: UserId, admin: UserId, seconds: i64) -> ChatId {
    let chat = Chat { created_at: at(seconds), ..chat(number, customer, admin) };
    write(store, |tx| Ok(tx.insert_chat(&chat)?));
    chat.id
}

/// A message without a name of the sender's.
pub(super) fn message(number: u128, chat: ChatId, sender: UserId) -> NewMessage {
    let draft = Draft { text: text(&format!("message {number}")), client_msg_id: None };
    NewMessage { id: MessageId(Uuid::from_u128(number)), chat, sender, at: at(0), draft }
}

/// Stores a message, and says its `seq`.
pub(super) fn add_message(store: &dyn Store, number: u128, chat: ChatId, sender: UserId) -> i64 {
    let message = message(number, chat, sender);
    write(store, |tx| Ok(tx.insert_message(&message)?)).unwrap().seq
}
