//! Takes over expenses and incomes from a file, all or none.

use crate::{
    Entry, EntryDraft, EntryId, ExternalId, FaultyRow, FaultyRows, FileRow, ImportMode, Imported, ImportedEntry,
    LedgerError, LedgerRepository, MissingReferences, RowFault, Side,
};
use kernel::{
    CategoryId, Field, FieldErrors, FieldFault, Form, IdSource, Raw, StoreError, SubcategoryId, UserId, Uuid,
};
use std::collections::hash_map::{Entry as Slot, HashMap};

/// After so many faulty rows the rest is not read.
const FAULTY_ROWS_MAX: usize = 100;
/// Rows that are looked up and stored by one statement.
const BATCH: usize = 500;

const TYPE: Field<Side> = Field::new("type", "`expense` or `income`.");
const EXTERNAL_ID: Field<ExternalId> = Field::new("external_id", "What the other system calls the entry.");

/// Records the rows of a file as entries of `owner`.
///
/// A row says its `type`, which is `expense` or `income`, and what [`EntryDraft::read`] reads. A category that is not
/// there is looked for under its `category_name`, and a subcategory under its `subcategory_name`: first among those of the
/// category, then among all. A row with an `external_id` that names an entry of the owner on this side is known and left
/// alone; see [`LedgerRepository::find_known_external_ids`].
///
/// # Errors
/// `Rows` with all that is wrong with the first hundred faulty rows; `Store`. Whoever owns the transaction MUST roll back.
pub fn import_entries<R>(
    repo: &mut R,
    ids: &dyn IdSource,
    owner: UserId,
    rows: impl Iterator<Item = Result<FileRow, FaultyRow>>,
    mode: ImportMode,
) -> Result<Imported, LedgerError>
where
    R: LedgerRepository + ?Sized,
{
    let mut import = Import { owner, ids, mode, references: References::default(), seen: HashMap::new() };
    let mut faulty = FaultyRows::default();
    let mut batch = Vec::with_capacity(BATCH);
    let mut imported = Imported::default();
    for row in rows {
        let read = match row {
            Ok(row) => import.read(repo, &row)?,
            Err(row) => Err(row),
        };
        match read {
            Ok(entry) if faulty.rows.is_empty() => batch.push(entry),
            Ok(_) => {}
            Err(_) if faulty.rows.len() == FAULTY_ROWS_MAX => {
                faulty.may_be_more = true;
                break;
            }
            Err(row) => faulty.rows.push(row),
        }
        if batch.len() == BATCH {
            imported = import.store(repo, std::mem::take(&mut batch), imported)?;
        }
    }
    if faulty.rows.is_empty() { import.store(repo, batch, imported) } else { Err(LedgerError::Rows(faulty)) }
}

/// An import under way.
struct Import<'i> {
    owner: UserId,
    ids: &'i dyn IdSource,
    mode: ImportMode,
    references: References,
    /// The row of each name that the file has for an entry.
    seen: HashMap<(Side, String), u32>,
}

impl Import<'_> {
    /// Reads a row. The outer error ends the import, the inner one is the row's.
    fn read<R>(&mut self, repo: &mut R, row: &FileRow) -> Result<Result<ImportedEntry, FaultyRow>, StoreError>
    where
        R: LedgerRepository + ?Sized,
    {
        let mut fields = row.cells.fields();
        let side = fields.required(&TYPE);
        let external_id = fields.filter(&EXTERNAL_ID);
        let mut errors = FieldErrors::default();
        merge(&mut errors, &fields.into_errors());
        // Whatever else is wrong is told too; an expense is asked for everything.
        let is_expense = side != Some(Side::Income);
        let mut filed = self.references.with_category(repo, &row.cells, &mut errors)?;
        if is_expense {
            self.references.set_subcategory(repo, &mut filed, &mut errors)?;
        }
        let draft = self.read_draft(repo, side.unwrap_or(Side::Expense), &filed, &mut errors)?;
        if let (Some(side), Some(name)) = (side, &external_id) {
            match self.seen.entry((side, name.to_string())) {
                Slot::Occupied(first) => errors.add("external_id", RowFault::Repeated { row: *first.get() }),
                Slot::Vacant(free) => drop(free.insert(row.number)),
            }
        }
        Ok(match draft.filter(|_| errors.is_empty()) {
            Some(draft) => {
                Ok(ImportedEntry { entry: Entry::new(EntryId(self.ids.uuid()), self.owner, draft), external_id })
            }
            None => Err(FaultyRow { number: row.number, errors }),
        })
    }

    /// The draft of a row, if nothing is wrong with its fields. Of an amount of zero or less nothing else is told.
    fn read_draft<R>(
        &mut self,
        repo: &mut R,
        side: Side,
        cells: &Form,
        errors: &mut FieldErrors<RowFault>,
    ) -> Result<Option<EntryDraft>, StoreError>
    where
        R: LedgerRepository + ?Sized,
    {
        let mut fields = cells.fields();
        let (draft, filed) = EntryDraft::read_fields(side, &mut fields);
        let mut faults = fields.into_errors();
        if faults.has("amount", &FieldFault::NotPositive) {
            errors.add("amount", RowFault::Field(FieldFault::NotPositive));
            return Ok(None);
        }
        let references = &mut self.references;
        filed.note_missing(&mut faults, |category, subcategory| references.missing(repo, category, subcategory))?;
        merge(errors, &faults);
        Ok(draft.filter(|_| faults.is_empty()))
    }

    /// Stores what is not known yet, unless this is a mode.
    fn store<R>(&self, repo: &mut R, mut batch: Vec<ImportedEntry>, before: Imported) -> Result<Imported, LedgerError>
    where
        R: LedgerRepository + ?Sized,
    {
        let mut known = 0;
        for side in [Side::Expense, Side::Income] {
            let named = batch.iter().filter(|row| row.entry.side == side).filter_map(|row| row.external_id.clone());
            let named: Vec<ExternalId> = named.collect();
            if named.is_empty() {
                continue;
            }
            let found = repo.find_known_external_ids(side, self.owner, &named)?;
            let before = batch.len();
            batch.retain(|row| {
                row.entry.side != side || row.external_id.as_ref().is_none_or(|name| !found.contains(name))
            });
            known += before - batch.len();
        }
        if self.mode == ImportMode::Commit && !batch.is_empty() {
            repo.insert_entries(&batch)?;
        }
        let count = |length: usize| u32::try_from(length).map_err(StoreError::fault);
        Ok(Imported { created: before.created + count(batch.len())?, known: before.known + count(known)? })
    }
}

fn merge(errors: &mut FieldErrors<RowFault>, more: &FieldErrors) {
    for (name, faults) in more.iter() {
        for fault in faults {
            errors.add(name, RowFault::Field(fault.clone()));
        }
    }
}

/// What the rows of a file are filed under. Each question is put to the store once.
#[derive(Default)]
struct References {
    categories: HashMap<CategoryId, bool>,
    subcategories: HashMap<SubcategoryId, bool>,
    named_categories: HashMap<String, Vec<CategoryId>>,
    named_subcategories: HashMap<(String, Option<CategoryId>), Vec<SubcategoryId>>,
}

impl References {
    /// The cells of a row, where the name of a category that is not there has become a reference.
    fn with_category<R>(
        &mut self,
        repo: &mut R,
        cells: &Form,
        errors: &mut FieldErrors<RowFault>,
    ) -> Result<Form, StoreError>
    where
        R: LedgerRepository + ?Sized,
    {
        let mut filed = cells.clone();
        if let Some(name) = name_for_missing(cells, "category", "category_name")
            && !self.has_category(repo, reference(cells, "category").map(CategoryId))?
            && let Some(id) = only_one(self.categories_named(repo, name)?, "category_name", errors)
        {
            filed.set("category", Raw::Text(id.to_string()));
        }
        Ok(filed)
    }

    /// Makes a reference of the name of a subcategory that is not there: of the row's category, or else of any.
    fn set_subcategory<R>(
        &mut self,
        repo: &mut R,
        cells: &mut Form,
        errors: &mut FieldErrors<RowFault>,
    ) -> Result<(), StoreError>
    where
        R: LedgerRepository + ?Sized,
    {
        let Some(name) = name_for_missing(cells, "subcategory", "subcategory_name") else { return Ok(()) };
        if self.has_subcategory(repo, reference(cells, "subcategory").map(SubcategoryId))? {
            return Ok(());
        }
        let mut under = reference(cells, "category").map(CategoryId);
        if under.is_some() && self.subcategories_named(repo, name, under)?.is_empty() {
            under = None;
        }
        let found = only_one(self.subcategories_named(repo, name, under)?, "subcategory_name", errors);
        if let Some(id) = found.map(ToString::to_string) {
            cells.set("subcategory", Raw::Text(id));
        }
        Ok(())
    }

    /// See [`LedgerRepository::find_missing_references`].
    fn missing<R>(
        &mut self,
        repo: &mut R,
        category: Option<CategoryId>,
        subcategory: Option<SubcategoryId>,
    ) -> Result<MissingReferences, StoreError>
    where
        R: LedgerRepository + ?Sized,
    {
        Ok(MissingReferences {
            category_missing: category.is_some() && !self.has_category(repo, category)?,
            subcategory_missing: subcategory.is_some() && !self.has_subcategory(repo, subcategory)?,
        })
    }

    fn has_category<R>(&mut self, repo: &mut R, id: Option<CategoryId>) -> Result<bool, StoreError>
    where
        R: LedgerRepository + ?Sized,
    {
        let Some(id) = id else { return Ok(false) };
        Ok(match self.categories.entry(id) {
            Slot::Occupied(known) => *known.get(),
            Slot::Vacant(free) => *free.insert(!repo.find_missing_references(Some(id), None)?.category_missing),
        })
    }

    fn has_subcategory<R>(&mut self, repo: &mut R, id: Option<SubcategoryId>) -> Result<bool, StoreError>
    where
        R: LedgerRepository + ?Sized,
    {
        let Some(id) = id else { return Ok(false) };
        Ok(match self.subcategories.entry(id) {
            Slot::Occupied(known) => *known.get(),
            Slot::Vacant(free) => *free.insert(!repo.find_missing_references(None, Some(id))?.subcategory_missing),
        })
    }

    fn categories_named<R>(&mut self, repo: &mut R, name: &str) -> Result<&[CategoryId], StoreError>
    where
        R: LedgerRepository + ?Sized,
    {
        Ok(match self.named_categories.entry(name.to_owned()) {
            Slot::Occupied(known) => known.into_mut(),
            Slot::Vacant(free) => free.insert(repo.find_categories_named(name)?),
        })
    }

    fn subcategories_named<R>(
        &mut self,
        repo: &mut R,
        name: &str,
        category: Option<CategoryId>,
    ) -> Result<&[SubcategoryId], StoreError>
    where
        R: LedgerRepository + ?Sized,
    {
        Ok(match self.named_subcategories.entry((name.to_owned(), category)) {
            Slot::Occupied(known) => known.into_mut(),
            Slot::Vacant(free) => free.insert(repo.find_subcategories_named(name, category)?),
        })
    }
}

/// The identifier in a cell, if there is one.
fn reference(cells: &Form, column: &str) -> Option<Uuid> {
    cells.get(column).and_then(|raw| raw.as_uuid().ok())
}

/// The name that may stand for a reference. What is written and is no identifier is a mistake, and nothing stands for it.
fn name_for_missing<'c>(cells: &'c Form, column: &str, name_column: &str) -> Option<&'c str> {
    let is_mistake = cells.get(column).is_some_and(|raw| matches!(raw.as_uuid(), Err(FieldFault::NotAUuid { .. })));
    let name = cells.get(name_column).and_then(|raw| raw.as_text().ok()).map(str::trim);
    name.filter(|name| !name.is_empty() && !name.contains('\0') && !is_mistake)
}

/// The only one of this name. That there is none is told of the reference itself.
fn only_one<'f, Id>(found: &'f [Id], column: &'static str, errors: &mut FieldErrors<RowFault>) -> Option<&'f Id> {
    match found {
        [] => None,
        [one] => Some(one),
        [first, ..] => {
            errors.add(column, RowFault::Ambiguous);
            Some(first)
        }
    }
}
