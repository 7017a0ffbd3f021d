//! Entries of the ledger: expenses and incomes.

use kernel::chrono::{NaiveDate, NaiveTime};
use kernel::{
    CalendarDate, CategoryId, Decimal, Digits, FieldFault, Input, Money, Raw, Shape, SubcategoryId, Text, TimeOfDay,
    UserId, uuid_id,
};

uuid_id! {
    /// An entry's identifier.
    EntryId
}

/// Which side of the ledger an entry stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Money spent; has a subcategory.
    Expense,
    /// Money received; has none.
    Income,
}

impl Side {
    /// The word that stores keep.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expense => "expense",
            Self::Income => "income",
        }
    }

    const WORDS: [&'static str; 2] = ["expense", "income"];

    /// The side that a store kept.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Expense, Self::Income].into_iter().find(|side| side.as_str() == word)
    }
}

/// An expense or an income.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its identifier.
    pub id: EntryId,
    /// Expense or income.
    pub side: Side,
    /// Whose it is; never changes.
    pub owner: UserId,
    /// What it is.
    pub title: Text<100>,
    /// What for.
    pub description: Text<100>,
    /// How much, more than zero, at most [`Money::MAX`].
    pub amount: Money,
    /// The date it counts for.
    pub creation_date: NaiveDate,
    /// The time of day it counts for.
    pub creation_time: NaiveTime,
    /// What it is filed under.
    pub category: CategoryId,
    /// What it is filed under more finely: always there for an expense, never for an income. It need not belong to the
    /// category.
    pub subcategory: Option<SubcategoryId>,
}

impl Input for Side {
    const SHAPE: Shape = Shape::Choice { about: "Whether money is spent or received.", words: &Self::WORDS };

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        let word = raw.as_text()?.trim();
        if word.is_empty() { Err(FieldFault::Blank) } else { Self::from_word(word).ok_or(FieldFault::NotAChoice) }
    }
}

/// How much an entry is about: more than zero, at most [`Money::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Money);

impl Amount {
    /// Takes an amount that an entry may have.
    ///
    /// # Errors
    /// `NotPositive`, `TooManyDigits`.
    pub fn new(money: Money) -> Result<Self, FieldFault> {
        if !money.is_positive() {
            return Err(FieldFault::NotPositive);
        }
        if money > Money::MAX { Err(FieldFault::TooManyDigits { max: 10 }) } else { Ok(Self(money)) }
    }

    /// The amount.
    pub fn money(self) -> Money {
        self.0
    }
}

impl Input for Amount {
    const SHAPE: Shape = Shape::Decimal;

    /// Zero and less are told first, however they are written.
    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        let amount = Decimal::parse(raw)?;
        if amount.is_positive() {
            amount.to_money(Digits::LEDGER).and_then(Self::new)
        } else {
            Err(FieldFault::NotPositive)
        }
    }
}

/// What an entry is filed under, which also says on which side it stands. A subcategory need not belong to the category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filing {
    /// An expense.
    Expense {
        /// Its category.
        category: CategoryId,
        /// Its subcategory.
        subcategory: SubcategoryId,
    },
    /// An income.
    Income {
        /// Its category.
        category: CategoryId,
    },
}

impl Filing {
    /// The side of the entry.
    pub fn side(self) -> Side {
        match self {
            Self::Expense { .. } => Side::Expense,
            Self::Income { .. } => Side::Income,
        }
    }

    /// The category.
    pub fn category(self) -> CategoryId {
        match self {
            Self::Expense { category, subcategory: _ } | Self::Income { category } => category,
        }
    }

    /// The subcategory of an expense.
    pub fn subcategory(self) -> Option<SubcategoryId> {
        match self {
            Self::Expense { category: _, subcategory } => Some(subcategory),
            Self::Income { category: _ } => None,
        }
    }
}

/// An entry before it is stored. Each of its values keeps its own rules, so that a draft is never wrong; whether what it is
/// filed under is there, the store knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryDraft {
    /// See [`Entry::title`].
    pub title: Text<100>,
    /// See [`Entry::description`].
    pub description: Text<100>,
    /// See [`Entry::amount`].
    pub amount: Amount,
    /// See [`Entry::creation_date`].
    pub creation_date: CalendarDate,
    /// See [`Entry::creation_time`].
    pub creation_time: TimeOfDay,
    /// What it is filed under.
    pub filing: Filing,
}

/// What is to change of an entry; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntryChanges {
    /// See [`Entry::title`].
    pub title: Option<Text<100>>,
    /// See [`Entry::description`].
    pub description: Option<Text<100>>,
    /// See [`Entry::amount`].
    pub amount: Option<Amount>,
    /// See [`Entry::creation_date`].
    pub creation_date: Option<CalendarDate>,
    /// See [`Entry::creation_time`].
    pub creation_time: Option<TimeOfDay>,
    /// See [`Entry::category`].
    pub category: Option<CategoryId>,
    /// See [`Entry::subcategory`]; an income takes none.
    pub subcategory: Option<SubcategoryId>,
}

impl Entry {
    /// The entry that a draft becomes.
    pub fn new(id: EntryId, owner: UserId, draft: EntryDraft) -> Self {
        Self {
            id,
            side: draft.filing.side(),
            owner,
            title: draft.title,
            description: draft.description,
            amount: draft.amount.money(),
            creation_date: draft.creation_date.get(),
            creation_time: draft.creation_time.get(),
            category: draft.filing.category(),
            subcategory: draft.filing.subcategory(),
        }
    }

    /// The entry after changes.
    #[must_use]
    pub fn changed(self, changes: EntryChanges) -> Self {
        Self {
            id: self.id,
            side: self.side,
            owner: self.owner,
            title: changes.title.unwrap_or(self.title),
            description: changes.description.unwrap_or(self.description),
            amount: changes.amount.map_or(self.amount, Amount::money),
            creation_date: changes.creation_date.map_or(self.creation_date, CalendarDate::get),
            creation_time: changes.creation_time.map_or(self.creation_time, TimeOfDay::get),
            category: changes.category.unwrap_or(self.category),
            subcategory: match self.side {
                Side::Expense => changes.subcategory.or(self.subcategory),
                Side::Income => None,
            },
        }
    }
}
