//! What can be done with the ledger, use case by use case, against the store in memory.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod amounts;
mod delete_entry;
mod get_entry;
mod import_entries;
mod list_entries;
mod page_entries;
mod record_entry;
mod summarise_entries;
mod update_entry;

use categories::{Category, Subcategory};
use kernel::chrono::{DateTime, NaiveDate};
use kernel::fakes::SequentialIds;
use kernel::{
    CategoryId, FieldFault, Form, IdSource, Instant, Period, Raw, Retryable, StoreError, SubcategoryId, Text, UserId,
};
use ledger::{Entry, EntryDraft, LedgerError, Side, record_entry};
use memory::MemoryStore;
use store::{Store, Tx};
use users::{Email, UserDetails};

/// A store with two users and what their entries are filed under.
struct Household {
    store: MemoryStore,
    ids: SequentialIds,
    ann: UserId,
    bob: UserId,
    food: CategoryId,
    wages: CategoryId,
    bread: SubcategoryId,
    milk: SubcategoryId,
}

impl Household {
    fn new() -> Self {
        let store = MemoryStore::default();
        let ids = SequentialIds::default();
        let [ann, bob] = ["ann", "bob"].map(|name| add_user(&store, name));
        let [food, wages] = ["food", "wages"].map(|name| add_category(&store, &ids, name));
        let [bread, milk] = ["bread", "milk"].map(|name| add_subcategory(&store, &ids, name, food));
        Self { store, ids, ann, bob, food, wages, bread, milk }
    }

    fn read<R>(&self, work: impl FnOnce(&mut dyn Tx) -> Result<R, LedgerError>) -> Result<R, LedgerError> {
        let store: &dyn Store = &self.store;
        store.read(work)
    }

    fn write<R>(&self, work: impl FnMut(&mut dyn Tx) -> Result<R, LedgerError>) -> Result<R, LedgerError> {
        let store: &dyn Store = &self.store;
        store.write(work)
    }

    /// A complete form of an expense, with some fields sent otherwise.
    fn form(&self, otherwise: &[(&'static str, Raw)]) -> Form {
        let [category, subcategory] = [self.food.to_string(), self.bread.to_string()];
        let complete = [
            ("title", "Bread"),
            ("description", "For the week"),
            ("amount", "12.50"),
            ("creation_date", "2026-11-20"),
            ("creation_time", "10:11:12"),
            ("category", &category),
            ("subcategory", &subcategory),
        ];
        complete.into_iter().map(|(name, value)| (name, text(value))).chain(otherwise.iter().cloned()).collect()
    }

    /// Ann's expense of the complete form.
    fn expense(&self) -> Entry {
        self.expense_with(&[])
    }

    fn expense_with(&self, otherwise: &[(&'static str, Raw)]) -> Entry {
        self.record(Side::Expense, &self.form(otherwise)).unwrap()
    }

    /// Records an entry of Ann's.
    fn record(&self, side: Side, form: &Form) -> Result<Entry, LedgerError> {
        self.write(|tx| {
            let draft = EntryDraft::read(side, form, tx)?;
            record_entry(tx, &self.ids, self.ann, draft)
        })
    }
}

fn write_setup<R, E: Retryable + From<StoreError> + std::fmt::Debug>(
    store: &MemoryStore,
    work: impl FnMut(&mut dyn Tx) -> Result<R, E>,
) -> R {
    let store: &dyn Store = store;
    store.write(work).unwrap()
}

fn add_user(store: &MemoryStore, name: &str) -> UserId {
    let email = Email::parse(&text(&format!("{name}@example.org"))).unwrap();
    let user = UserDetails::active(email, String::new(), Instant::new(DateTime::UNIX_EPOCH));
    write_setup(store, |tx| tx.insert_user(&user)).id
}

fn add_category(store: &MemoryStore, ids: &SequentialIds, name: &str) -> CategoryId {
    let category = Category {
        id: CategoryId(ids.uuid()),
        name: Text::stored(name.to_owned()),
        description: Text::stored(name.to_owned()),
        kind: Text::stored("expense".to_owned()),
        hex_color: Text::stored("#fff".to_owned()),
    };
    write_setup(store, |tx| tx.insert_category(&category));
    category.id
}

fn add_subcategory(store: &MemoryStore, ids: &SequentialIds, name: &str, category: CategoryId) -> SubcategoryId {
    let subcategory = Subcategory {
        id: SubcategoryId(ids.uuid()),
        name: Text::stored(name.to_owned()),
        description: Text::stored(name.to_owned()),
        hex_color: Text::stored("#fff".to_owned()),
        category,
    };
    write_setup(store, |tx| tx.insert_subcategory(&subcategory));
    subcategory.id
}

/// The period that a query asks for on 20 November 2026.
fn period(query: &Form) -> Result<Period, LedgerError> {
    Ok(Period::read(query, date(2026, 11, 20))?)
}

fn text(value: &str) -> Raw {
    Raw::Text(value.to_owned())
}

fn number(value: &str) -> Raw {
    Raw::Number(value.to_owned())
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// An identifier of nothing.
const NOTHING: &str = "00000000-0000-4000-8000-0000000000ff";

/// The faulty fields of a refusal, each with its problem.
fn problems(refused: Result<Entry, LedgerError>) -> Vec<(&'static str, FieldFault)> {
    match refused {
        Err(LedgerError::Fields(errors)) => errors
            .iter()
            .flat_map(|(name, problems)| problems.iter().map(move |problem| (name, problem.clone())))
            .collect(),
        other => vec![("no field at all", FieldFault::Missing { id: format!("{other:?}") })],
    }
}
