//! Entries of the ledger: expenses and incomes.

use crate::{LedgerError, LedgerRepository, MissingReferences};
use kernel::chrono::{NaiveDate, NaiveTime};
use kernel::{
    CategoryId, Decimal, FieldFault, Fields, Form, Money, Raw, StoreError, SubcategoryId, Text, UserId, uuid_id,
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

/// An entry before it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryDraft {
    /// See [`Entry::side`].
    pub side: Side,
    /// See [`Entry::title`].
    pub title: Text<100>,
    /// See [`Entry::description`].
    pub description: Text<100>,
    /// See [`Entry::amount`].
    pub amount: Money,
    /// See [`Entry::creation_date`].
    pub creation_date: NaiveDate,
    /// See [`Entry::creation_time`].
    pub creation_time: NaiveTime,
    /// See [`Entry::category`].
    pub category: CategoryId,
    /// See [`Entry::subcategory`].
    pub subcategory: Option<SubcategoryId>,
}

impl EntryDraft {
    /// Reads a form; all fields are needed, `subcategory` of an expense only. What it refers to must be there: `missing`
    /// says what is not, as [`LedgerRepository::find_missing_references`] does.
    ///
    /// # Errors
    /// `AmountNotPositive` before anything else, `Fields` with everything that is wrong, `Store`.
    pub fn read(
        side: Side,
        form: &Form,
        missing: impl FnOnce(Option<CategoryId>, Option<SubcategoryId>) -> Result<MissingReferences, StoreError>,
    ) -> Result<Self, LedgerError> {
        check_sign(form)?;
        let mut fields = form.fields();
        let title = fields.required_by("title", Text::parse);
        let description = fields.required_by("description", Text::parse);
        let amount = fields.required_by("amount", Money::parse);
        let date = fields.required_by("creation_date", Raw::as_date);
        let time = fields.required_by("creation_time", Raw::as_time);
        let category = fields.required_by("category", Raw::as_uuid).map(CategoryId);
        let subcategory = match side {
            Side::Expense => fields.required_by("subcategory", Raw::as_uuid).map(SubcategoryId),
            Side::Income => None,
        };
        check_references(&mut fields, category, subcategory, missing)?;
        match (title, description, amount, date, time, category) {
            (
                Some(title),
                Some(description),
                Some(amount),
                Some(creation_date),
                Some(creation_time),
                Some(category),
            ) if fields.is_faultless() => {
                Ok(Self { side, title, description, amount, creation_date, creation_time, category, subcategory })
            }
            _ => Err(fields.into_errors().into()),
        }
    }
}

impl Entry {
    /// The entry that a draft becomes.
    pub fn new(id: EntryId, owner: UserId, draft: EntryDraft) -> Self {
        Self {
            id,
            side: draft.side,
            owner,
            title: draft.title,
            description: draft.description,
            amount: draft.amount,
            creation_date: draft.creation_date,
            creation_time: draft.creation_time,
            category: draft.category,
            subcategory: draft.subcategory,
        }
    }

    /// The entry with whatever a form changes. A date or time that cannot be read is left as it was, because a client
    /// in use swaps the two.
    ///
    /// # Errors
    /// `AmountNotPositive` before anything else, `Fields` with everything that is wrong, `Store`.
    pub fn changed<R: LedgerRepository + ?Sized>(self, form: &Form, repo: &mut R) -> Result<Self, LedgerError> {
        check_sign(form)?;
        let mut fields = form.fields();
        let title = fields.optional_by("title", Text::parse);
        let description = fields.optional_by("description", Text::parse);
        let amount = fields.optional_by("amount", Money::parse);
        let date = form.get("creation_date").and_then(|raw| raw.as_date().ok());
        let time = form.get("creation_time").and_then(|raw| raw.as_time().ok());
        let category = fields.optional_by("category", Raw::as_uuid).map(CategoryId);
        let subcategory = match self.side {
            Side::Expense => fields.optional_by("subcategory", Raw::as_uuid).map(SubcategoryId),
            Side::Income => None,
        };
        let missing = |category, subcategory| repo.find_missing_references(category, subcategory);
        check_references(&mut fields, category, subcategory, missing)?;
        fields.finish()?;
        Ok(Self {
            id: self.id,
            side: self.side,
            owner: self.owner,
            title: title.unwrap_or(self.title),
            description: description.unwrap_or(self.description),
            amount: amount.unwrap_or(self.amount),
            creation_date: date.unwrap_or(self.creation_date),
            creation_time: time.unwrap_or(self.creation_time),
            category: category.unwrap_or(self.category),
            subcategory: subcategory.or(self.subcategory),
        })
    }
}

/// Zero and less have an answer of their own, whatever else is wrong.
fn check_sign(form: &Form) -> Result<(), LedgerError> {
    match form.get("amount").map(Decimal::parse) {
        Some(Ok(amount)) if !amount.is_positive() => Err(LedgerError::AmountNotPositive),
        _ => Ok(()),
    }
}

/// Notes references that point at nothing, in one question to the store.
fn check_references(
    fields: &mut Fields<'_>,
    category: Option<CategoryId>,
    subcategory: Option<SubcategoryId>,
    missing: impl FnOnce(Option<CategoryId>, Option<SubcategoryId>) -> Result<MissingReferences, StoreError>,
) -> Result<(), StoreError> {
    if category.is_none() && subcategory.is_none() {
        return Ok(());
    }
    let MissingReferences { category_missing, subcategory_missing } = missing(category, subcategory)?;
    if let Some(id) = category.filter(|_| category_missing) {
        fields.fault("category", FieldFault::Missing { id: id.to_string() });
    }
    if let Some(id) = subcategory.filter(|_| subcategory_missing) {
        fields.fault("subcategory", FieldFault::Missing { id: id.to_string() });
    }
    Ok(())
}
