//! Entries as clients send them: the fields, and what is told of those that are wrong.

use crate::{Amount, EntryChanges, EntryDraft, Filing, LedgerError, LedgerRepository, MissingReferences, Side};
use kernel::{
    CalendarDate, CategoryId, Field, FieldErrors, FieldFault, FieldShape, Fields, Form, StoreError, SubcategoryId,
    Text, TimeOfDay, describe,
};

const TITLE: Field<Text<100>> = Field::new("title", "What it is.").example("Lunch");
const DESCRIPTION: Field<Text<100>> = Field::new("description", "What for.").example("Menu of the day");
const AMOUNT: Field<Amount> = Field::new("amount", "More than 0, at most 99999999.99, at most two decimals.");
const CREATION_DATE: Field<CalendarDate> = Field::new("creation_date", "The date it counts for.").example("2026-11-20");
const CREATION_TIME: Field<TimeOfDay> =
    Field::new("creation_time", "The time of day it counts for, `HH:MM[:SS[.ffffff]]`.").example("10:11:12");
const CATEGORY: Field<CategoryId> =
    Field::new("category", "What it is filed under.").example("3d1c6b3e-5a34-4a51-9a3c-6f0e8d7c5b4a");
const SUBCATEGORY: Field<SubcategoryId> =
    Field::new("subcategory", "What it is filed under more finely; need not belong to the category.")
        .example("7a0c3cb2-4a7d-4b5f-8f4a-0d1f5e6a7b8c");

/// What an entry is to be filed under, as far as it could be read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct References {
    category: Option<CategoryId>,
    subcategory: Option<SubcategoryId>,
}

impl References {
    pub(crate) fn new(category: Option<CategoryId>, subcategory: Option<SubcategoryId>) -> Self {
        Self { category, subcategory }
    }

    /// Notes references that point at nothing, in one question to the store.
    pub(crate) fn note_missing(
        self,
        errors: &mut FieldErrors,
        missing: impl FnOnce(Option<CategoryId>, Option<SubcategoryId>) -> Result<MissingReferences, StoreError>,
    ) -> Result<(), StoreError> {
        if self.category.is_none() && self.subcategory.is_none() {
            return Ok(());
        }
        let MissingReferences { category_missing, subcategory_missing } = missing(self.category, self.subcategory)?;
        if let Some(id) = self.category.filter(|_| category_missing) {
            errors.add(CATEGORY.name(), FieldFault::Missing { id: id.to_string() });
        }
        if let Some(id) = self.subcategory.filter(|_| subcategory_missing) {
            errors.add(SUBCATEGORY.name(), FieldFault::Missing { id: id.to_string() });
        }
        Ok(())
    }

    /// What a form with faults is refused with. Zero and less have an answer of their own, whatever else is wrong.
    fn refusal<R>(self, mut errors: FieldErrors, repo: &mut R) -> LedgerError
    where
        R: LedgerRepository + ?Sized,
    {
        if errors.has(AMOUNT.name(), &FieldFault::NotPositive) {
            return LedgerError::AmountNotPositive;
        }
        match self
            .note_missing(&mut errors, |category, subcategory| repo.find_missing_references(category, subcategory))
        {
            Ok(()) => errors.into(),
            Err(error) => error.into(),
        }
    }
}

impl EntryDraft {
    /// Reads a form; all fields are needed, `subcategory` of an expense only. Any other field is ignored, `user` included.
    ///
    /// The store is asked only when something is wrong, so that references to nothing are told beside it.
    ///
    /// # Errors
    /// `AmountNotPositive` before anything else, `Fields` with everything that is wrong, `Store`.
    pub fn read<R>(side: Side, form: &Form, repo: &mut R) -> Result<Self, LedgerError>
    where
        R: LedgerRepository + ?Sized,
    {
        let mut fields = form.fields();
        let (draft, references) = Self::read_fields(side, &mut fields);
        draft.ok_or_else(|| references.refusal(fields.into_errors(), repo))
    }

    /// The fields of the form of an entry on this side.
    pub fn fields(side: Side) -> Vec<FieldShape> {
        describe(|fields| Self::read_fields(side, fields))
    }

    /// The draft, if nothing is wrong, and what it is to be filed under in any case.
    pub(crate) fn read_fields(side: Side, fields: &mut Fields<'_>) -> (Option<Self>, References) {
        let title = fields.required(&TITLE);
        let description = fields.required(&DESCRIPTION);
        let amount = fields.required(&AMOUNT);
        let creation_date = fields.required(&CREATION_DATE);
        let creation_time = fields.required(&CREATION_TIME);
        let category = fields.required(&CATEGORY);
        let (filing, subcategory) = match side {
            Side::Expense => {
                let subcategory = fields.required(&SUBCATEGORY);
                let both = category.zip(subcategory);
                (both.map(|(category, subcategory)| Filing::Expense { category, subcategory }), subcategory)
            }
            Side::Income => (category.map(|category| Filing::Income { category }), None),
        };
        let draft = || {
            Some(Self {
                title: title?,
                description: description?,
                amount: amount?,
                creation_date: creation_date?,
                creation_time: creation_time?,
                filing: filing?,
            })
        };
        (draft(), References::new(category, subcategory))
    }
}

impl EntryChanges {
    /// Reads a form; no field is needed. A date or time that cannot be read stays as it was, because a client in use swaps
    /// the two.
    ///
    /// The store is asked only when something is wrong, so that references to nothing are told beside it.
    ///
    /// # Errors
    /// `AmountNotPositive` before anything else, `Fields` with everything that is wrong, `Store`.
    pub fn read<R>(side: Side, form: &Form, repo: &mut R) -> Result<Self, LedgerError>
    where
        R: LedgerRepository + ?Sized,
    {
        let mut fields = form.fields();
        let changes = Self::read_fields(side, &mut fields);
        if fields.is_faultless() {
            return Ok(changes);
        }
        Err(References::new(changes.category, changes.subcategory).refusal(fields.into_errors(), repo))
    }

    /// The fields of the form of an entry on this side.
    pub fn fields(side: Side) -> Vec<FieldShape> {
        describe(|fields| Self::read_fields(side, fields))
    }

    fn read_fields(side: Side, fields: &mut Fields<'_>) -> Self {
        Self {
            title: fields.optional(&TITLE),
            description: fields.optional(&DESCRIPTION),
            amount: fields.optional(&AMOUNT),
            creation_date: fields.lenient(&CREATION_DATE),
            creation_time: fields.lenient(&CREATION_TIME),
            category: fields.optional(&CATEGORY),
            subcategory: match side {
                Side::Expense => fields.optional(&SUBCATEGORY),
                Side::Income => None,
            },
        }
    }
}
