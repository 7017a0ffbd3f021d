//! Expenses and incomes as clients read them.
#![expect(single_use_lifetimes, reason = "the derive of the schemas writes them")]

use http::wire::{self, Date, Id, Time};
use http::{Call, body, query};
use kernel::Period;
use ledger::{Entry, EntryChanges, EntryDraft, LedgerError, Side};
use serde::Serialize;
use utoipa::ToSchema;

/// An expense.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExpenseView<'e> {
    #[serde(flatten)]
    entry: IncomeView<'e>,
    /// What it is filed under more finely.
    #[schema(value_type = Option<String>, format = "uuid", example = "7a0c3cb2-4a7d-4b5f-8f4a-0d1f5e6a7b8c")]
    subcategory: Option<Id>,
}

/// An income.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncomeView<'e> {
    /// Its identifier.
    #[schema(value_type = String, format = "uuid", example = "0f4f64ab-9a59-4d9b-8c5e-3a1f0b7c2d11")]
    id: Id,
    /// What it is.
    #[schema(max_length = 100, example = "Lunch")]
    title: &'e str,
    /// What for.
    #[schema(max_length = 100, example = "Menu of the day")]
    description: &'e str,
    /// How much, with exactly two decimals.
    #[schema(value_type = String, pattern = r"^\d{1,8}\.\d{2}$", example = "12.50")]
    amount: wire::Amount,
    /// The date it counts for.
    #[schema(value_type = String, format = "date", example = "2026-11-20")]
    creation_date: Date,
    /// The time of day it counts for.
    #[schema(value_type = String, format = "full time of day", example = "10:11:12")]
    creation_time: Time,
    /// Whose it is.
    #[schema(example = 3)]
    user: i64,
    /// What it is filed under.
    #[schema(value_type = String, format = "uuid", example = "3d1c6b3e-5a34-4a51-9a3c-6f0e8d7c5b4a")]
    category: Id,
}

impl<'e> From<&'e Entry> for IncomeView<'e> {
    fn from(entry: &'e Entry) -> Self {
        Self {
            id: Id(entry.id.0),
            title: entry.title.as_str(),
            description: entry.description.as_str(),
            amount: wire::Amount(entry.amount),
            creation_date: Date(entry.creation_date),
            creation_time: Time(entry.creation_time),
            user: entry.owner.0,
            category: Id(entry.category.0),
        }
    }
}

impl<'e> From<&'e Entry> for ExpenseView<'e> {
    fn from(entry: &'e Entry) -> Self {
        Self { entry: entry.into(), subcategory: entry.subcategory.map(|id| Id(id.0)) }
    }
}

body! {
    /// What an income is made of.
    pub(crate) IncomeBody = EntryDraft::fields(Side::Income);
    /// What may change of an income.
    pub(crate) IncomeChangesBody = EntryChanges::fields(Side::Income);
    /// What an expense is made of.
    pub(crate) ExpenseBody = EntryDraft::fields(Side::Expense);
    /// What may change of an expense.
    pub(crate) ExpenseChangesBody = EntryChanges::fields(Side::Expense);
}

query! {
    /// Which expenses or incomes to list; the bounds are inclusive, empty text is no bound.
    pub(crate) PeriodQuery = Period::fields();
}

/// The period that the query asks for.
pub(crate) fn period(call: &Call) -> Result<Period, LedgerError> {
    Ok(Period::read(call.query(), call.now().date())?)
}
