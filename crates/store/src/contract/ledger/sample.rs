//! Entries for clauses to store, with an owner and something to file them under.

use crate::Store;
use crate::contract::categories::sample::{add_category, add_subcategory};
use crate::contract::sample::{november, text, time};
use crate::contract::users::sample::add_person;
use kernel::{CategoryId, Money, SubcategoryId, UserId, Uuid};
use ledger::{Entry, EntryId, Side};

/// An owner of entries, and what they are filed under.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Household {
    pub(crate) owner: UserId,
    pub(crate) category: CategoryId,
    pub(crate) subcategory: SubcategoryId,
}

/// Stores an owner, a category and a subcategory.
pub(crate) fn add_household(store: &dyn Store) -> Household {
    let owner = add_person(store, "ann");
    let category = add_category(store, 1);
    Household { owner, category, subcategory: add_subcategory(store, 1, category) }
}

impl Household {
    /// An expense.
    pub(crate) fn expense(&self, number: u128) -> Entry {
        Entry { side: Side::Expense, subcategory: Some(self.subcategory), ..self.income(number) }
    }

    /// An income.
    pub(crate) fn income(&self, number: u128) -> Entry {
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
