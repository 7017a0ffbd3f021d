//! What expenses and incomes come to, by category or by time.

use crate::{LedgerError, Side};
use kernel::{CategoryId, FieldErrors, FieldFault, Form, Money, Raw, SubcategoryId};

/// By what entries are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// By category.
    Category,
    /// By subcategory; incomes have none.
    Subcategory,
    /// By date.
    Day,
    /// By month.
    Month,
    /// By year.
    Year,
}

impl Grouping {
    /// Every grouping there is.
    pub const ALL: [Self; 5] = [Self::Category, Self::Subcategory, Self::Day, Self::Month, Self::Year];

    /// The word that clients ask with.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Subcategory => "subcategory",
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// Reads the `group_by` of a query; by category when it is absent or empty.
    ///
    /// # Errors
    /// `Fields` for any other word.
    pub fn read(query: &Form) -> Result<Self, LedgerError> {
        let word = query.get("group_by").and_then(|raw: &Raw| raw.as_text().ok()).map(str::trim).unwrap_or_default();
        if word.is_empty() {
            return Ok(Self::Category);
        }
        let found = Self::ALL.into_iter().find(|grouping| grouping.as_str() == word);
        found.ok_or_else(|| FieldErrors::one("group_by", FieldFault::NotAChoice).into())
    }
}

/// What entries have in common that are added up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The date, month or year, as the beginning of `YYYY-MM-DD`.
    Time(String),
    /// The category.
    Category {
        /// What it is called.
        name: String,
        /// The colour that clients draw it in.
        hex_color: String,
        /// Its identifier.
        id: CategoryId,
    },
    /// The subcategory.
    Subcategory {
        /// What it is called.
        name: String,
        /// The colour that clients draw it in.
        hex_color: String,
        /// Its identifier.
        id: SubcategoryId,
    },
    /// That they have no subcategory.
    NoSubcategory,
}

/// What the entries of one group on one side come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The group.
    pub group: Group,
    /// The side.
    pub side: Side,
    /// The sum, which may be far more than one amount.
    pub amount: Money,
}

/// What comes in and goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// All incomes.
    pub income: Money,
    /// All expenses.
    pub expense: Money,
}

impl Totals {
    /// The totals with one more sum; `None` when that is more than can be counted.
    pub(crate) fn with(self, side: Side, amount: Money) -> Option<Self> {
        let add = |sum: Money| sum.minor().checked_add(amount.minor()).map(Money::from_minor);
        Some(match side {
            Side::Income => Self { income: add(self.income)?, ..self },
            Side::Expense => Self { expense: add(self.expense)?, ..self },
        })
    }

    /// What is left. Neither side is below zero, so there always is an answer.
    pub fn balance(self) -> Money {
        Money::from_minor(self.income.minor().saturating_sub(self.expense.minor()))
    }
}

/// What all entries of a period come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// By what they were added up.
    pub grouping: Grouping,
    /// All of them.
    pub totals: Totals,
    /// Group by group: times from the first to the last, categories by name.
    pub groups: Vec<(Group, Totals)>,
}
