//! What expenses and incomes come to, by category or by time.

use crate::{LedgerError, Side};
use kernel::{
    CategoryId, Field, FieldFault, FieldShape, Fields, Form, Input, Money, Raw, Shape, SubcategoryId, describe,
};

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

    const WORDS: [&'static str; 5] = [
        Self::Category.as_str(),
        Self::Subcategory.as_str(),
        Self::Day.as_str(),
        Self::Month.as_str(),
        Self::Year.as_str(),
    ];

    /// The word that clients ask with.
    pub const fn as_str(self) -> &'static str {
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
        let mut fields = query.fields();
        let grouping = Self::read_fields(&mut fields);
        fields.finish()?;
        Ok(grouping)
    }

    /// The parameter of the query.
    pub fn fields() -> Vec<FieldShape> {
        describe(Self::read_fields)
    }

    fn read_fields(fields: &mut Fields<'_>) -> Self {
        fields.filter(&GROUP_BY).unwrap_or(Self::Category)
    }
}

const GROUP_BY: Field<Grouping> = Field::new(
    "group_by",
    "`category`, `subcategory`, `day`, `month` or `year`; `category` when it is absent or empty.",
)
.example("month");

impl Input for Grouping {
    const SHAPE: Shape = Shape::Choice { about: "What entries may be added up by.", words: &Self::WORDS };

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        let word = raw.as_text()?.trim();
        Self::ALL.into_iter().find(|grouping| grouping.as_str() == word).ok_or(FieldFault::NotAChoice)
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
