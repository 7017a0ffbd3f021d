//! Expenses and incomes as clients read them.
#![expect(single_use_lifetimes, reason = "the derive of the schemas writes them")]

use http::wire::{self, Date, Id, Time};
use ledger::Entry;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

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

/// What an income is made of.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it field by field")]
pub(crate) struct IncomeBody {
    /// What it is.
    #[schema(min_length = 1, max_length = 100, example = "Lunch")]
    title: String,
    /// What for.
    #[schema(min_length = 1, max_length = 100, example = "Menu of the day")]
    description: String,
    /// More than 0, at most 99999999.99, at most two decimals.
    amount: Amount,
    /// The date it counts for.
    #[schema(format = "date", example = "2026-11-20")]
    creation_date: String,
    /// The time of day it counts for, `HH:MM[:SS[.ffffff]]`.
    #[schema(format = "time of day", example = "10:11:12")]
    creation_time: String,
    /// What it is filed under.
    #[schema(format = "uuid", example = "3d1c6b3e-5a34-4a51-9a3c-6f0e8d7c5b4a")]
    category: String,
}

/// What may change of an income.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it field by field")]
pub(crate) struct IncomeChanges {
    /// What it is.
    #[schema(min_length = 1, max_length = 100, example = "Lunch")]
    title: Option<String>,
    /// What for.
    #[schema(min_length = 1, max_length = 100, example = "Menu of the day")]
    description: Option<String>,
    /// More than 0, at most 99999999.99, at most two decimals.
    amount: Option<Amount>,
    /// The date it counts for.
    #[schema(format = "date", example = "2026-11-20")]
    creation_date: Option<String>,
    /// The time of day it counts for, `HH:MM[:SS[.ffffff]]`.
    #[schema(format = "time of day", example = "10:11:12")]
    creation_time: Option<String>,
    /// What it is filed under.
    #[schema(format = "uuid", example = "3d1c6b3e-5a34-4a51-9a3c-6f0e8d7c5b4a")]
    category: Option<String>,
}

/// What an expense is made of.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it field by field")]
pub(crate) struct ExpenseBody {
    /// What it is.
    #[schema(min_length = 1, max_length = 100, example = "Lunch")]
    title: String,
    /// What for.
    #[schema(min_length = 1, max_length = 100, example = "Menu of the day")]
    description: String,
    /// More than 0, at most 99999999.99, at most two decimals.
    amount: Amount,
    /// The date it counts for.
    #[schema(format = "date", example = "2026-11-20")]
    creation_date: String,
    /// The time of day it counts for, `HH:MM[:SS[.ffffff]]`.
    #[schema(format = "time of day", example = "10:11:12")]
    creation_time: String,
    /// What it is filed under.
    #[schema(format = "uuid", example = "3d1c6b3e-5a34-4a51-9a3c-6f0e8d7c5b4a")]
    category: String,
    /// What it is filed under more finely; need not belong to the category.
    #[schema(format = "uuid", example = "7a0c3cb2-4a7d-4b5f-8f4a-0d1f5e6a7b8c")]
    subcategory: String,
}

/// What may change of an expense.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it field by field")]
pub(crate) struct ExpenseChanges {
    /// What it is.
    #[schema(min_length = 1, max_length = 100, example = "Lunch")]
    title: Option<String>,
    /// What for.
    #[schema(min_length = 1, max_length = 100, example = "Menu of the day")]
    description: Option<String>,
    /// More than 0, at most 99999999.99, at most two decimals.
    amount: Option<Amount>,
    /// The date it counts for.
    #[schema(format = "date", example = "2026-11-20")]
    creation_date: Option<String>,
    /// The time of day it counts for, `HH:MM[:SS[.ffffff]]`.
    #[schema(format = "time of day", example = "10:11:12")]
    creation_time: Option<String>,
    /// What it is filed under.
    #[schema(format = "uuid", example = "3d1c6b3e-5a34-4a51-9a3c-6f0e8d7c5b4a")]
    category: Option<String>,
    /// What it is filed under more finely; need not belong to the category.
    #[schema(format = "uuid", example = "7a0c3cb2-4a7d-4b5f-8f4a-0d1f5e6a7b8c")]
    subcategory: Option<String>,
}

/// A number, or text that holds one.
#[derive(ToSchema)]
#[schema(example = 12.5)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it field by field")]
pub(crate) enum Amount {
    /// Judged by its shortest decimal form.
    Number(f64),
    /// Judged as written.
    Text(String),
}

/// Which expenses or incomes to list; the bounds are inclusive, empty text is no bound.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it parameter by parameter")]
pub(crate) struct PeriodQuery {
    /// First date shown.
    #[param(format = "date", example = "2026-11-01")]
    start_date: Option<String>,
    /// Last date shown; today (UTC) when it is absent.
    #[param(format = "date", example = "2026-11-30")]
    end_date: Option<String>,
    /// First time of day shown, on every day, `HH:MM:SS`.
    #[param(format = "full time of day", example = "08:00:00")]
    start_time: Option<String>,
    /// Last time of day shown, on every day, `HH:MM:SS`.
    #[param(format = "full time of day", example = "20:00:00")]
    end_time: Option<String>,
}
