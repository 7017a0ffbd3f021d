//! Categories, and the subcategories under them.

use crate::{CategoryError, CategoryRepository};
use kernel::{
    CategoryId, Field, FieldErrors, FieldFault, FieldShape, Fields, Form, StoreError, SubcategoryId, Text, describe,
};

/// A category of expenses or incomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its identifier.
    pub id: CategoryId,
    /// What it is called.
    pub name: Text<100>,
    /// What it is for.
    pub description: Text<100>,
    /// Free text; clients write `expense` or `income`.
    pub kind: Text<100>,
    /// The colour that clients draw it in, such as `#a0b1c2`.
    pub hex_color: Text<7>,
}

/// A subcategory of expenses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subcategory {
    /// Its identifier.
    pub id: SubcategoryId,
    /// What it is called.
    pub name: Text<100>,
    /// What it is for.
    pub description: Text<100>,
    /// The colour that clients draw it in.
    pub hex_color: Text<7>,
    /// The category that it belongs to.
    pub category: CategoryId,
}

const NAME: Field<Text<100>> = Field::new("name", "What it is called.").example("Food");
const DESCRIPTION: Field<Text<100>> = Field::new("description", "What it is for.").example("All that is eaten");
const KIND: Field<Text<100>> = Field::new("type", "Free text; clients write `expense` or `income`.").example("expense");
const HEX_COLOR: Field<Text<7>> = Field::new("hexColor", "The colour that clients draw it in.").example("#a0b1c2");
const CATEGORY: Field<CategoryId> =
    Field::new("category", "The category that it belongs to.").example("3d1c6b3e-5a34-4a51-9a3c-6f0e8d7c5b4a");

/// A category before it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryDraft {
    /// See [`Category::name`].
    pub name: Text<100>,
    /// See [`Category::description`].
    pub description: Text<100>,
    /// See [`Category::kind`].
    pub kind: Text<100>,
    /// See [`Category::hex_color`].
    pub hex_color: Text<7>,
}

impl CategoryDraft {
    /// Reads a form; all four fields are needed.
    ///
    /// # Errors
    /// `Fields` with everything that is wrong.
    pub fn read(form: &Form) -> Result<Self, CategoryError> {
        let mut fields = form.fields();
        Self::read_fields(&mut fields).ok_or_else(|| fields.into_errors().into())
    }

    /// The fields of the form.
    pub fn fields() -> Vec<FieldShape> {
        describe(Self::read_fields)
    }

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.required(&NAME);
        let description = fields.required(&DESCRIPTION);
        let kind = fields.required(&KIND);
        let hex_color = fields.required(&HEX_COLOR);
        Some(Self { name: name?, description: description?, kind: kind?, hex_color: hex_color? })
    }
}

/// What is to change of a category; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CategoryChanges {
    /// See [`Category::name`].
    pub name: Option<Text<100>>,
    /// See [`Category::description`].
    pub description: Option<Text<100>>,
    /// See [`Category::kind`].
    pub kind: Option<Text<100>>,
    /// See [`Category::hex_color`].
    pub hex_color: Option<Text<7>>,
}

impl CategoryChanges {
    /// Reads a form; no field is needed.
    ///
    /// # Errors
    /// `Fields` with everything that is wrong.
    pub fn read(form: &Form) -> Result<Self, CategoryError> {
        let mut fields = form.fields();
        let changes = Self::read_fields(&mut fields);
        fields.finish()?;
        Ok(changes)
    }

    /// The fields of the form.
    pub fn fields() -> Vec<FieldShape> {
        describe(Self::read_fields)
    }

    fn read_fields(fields: &mut Fields<'_>) -> Self {
        Self {
            name: fields.optional(&NAME),
            description: fields.optional(&DESCRIPTION),
            kind: fields.optional(&KIND),
            hex_color: fields.optional(&HEX_COLOR),
        }
    }
}

impl Category {
    /// The category that a draft becomes.
    pub fn new(id: CategoryId, draft: CategoryDraft) -> Self {
        let CategoryDraft { name, description, kind, hex_color } = draft;
        Self { id, name, description, kind, hex_color }
    }

    /// The category after changes.
    #[must_use]
    pub fn changed(self, changes: CategoryChanges) -> Self {
        Self {
            id: self.id,
            name: changes.name.unwrap_or(self.name),
            description: changes.description.unwrap_or(self.description),
            kind: changes.kind.unwrap_or(self.kind),
            hex_color: changes.hex_color.unwrap_or(self.hex_color),
        }
    }
}

/// A subcategory before it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubcategoryDraft {
    /// See [`Subcategory::name`].
    pub name: Text<100>,
    /// See [`Subcategory::description`].
    pub description: Text<100>,
    /// See [`Subcategory::hex_color`].
    pub hex_color: Text<7>,
    /// See [`Subcategory::category`].
    pub category: CategoryId,
}

impl SubcategoryDraft {
    /// Reads a form; all four fields are needed. The store is asked only when something is wrong, so that a category that is
    /// not there is told beside it.
    ///
    /// # Errors
    /// `Fields` with everything that is wrong, `Store`.
    pub fn read<R: CategoryRepository + ?Sized>(form: &Form, repo: &mut R) -> Result<Self, CategoryError> {
        let mut fields = form.fields();
        let (draft, category) = Self::read_fields(&mut fields);
        match draft {
            Some(draft) => Ok(draft),
            None => Err(with_missing(fields, category, repo)?.into()),
        }
    }

    /// The fields of the form.
    pub fn fields() -> Vec<FieldShape> {
        describe(Self::read_fields)
    }

    /// The draft, and the category whatever else is wrong.
    fn read_fields(fields: &mut Fields<'_>) -> (Option<Self>, Option<CategoryId>) {
        let name = fields.required(&NAME);
        let description = fields.required(&DESCRIPTION);
        let hex_color = fields.required(&HEX_COLOR);
        let category = fields.required(&CATEGORY);
        let draft =
            || Some(Self { name: name?, description: description?, hex_color: hex_color?, category: category? });
        (draft(), category)
    }
}

/// What is to change of a subcategory; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SubcategoryChanges {
    /// See [`Subcategory::name`].
    pub name: Option<Text<100>>,
    /// See [`Subcategory::description`].
    pub description: Option<Text<100>>,
    /// See [`Subcategory::hex_color`].
    pub hex_color: Option<Text<7>>,
    /// See [`Subcategory::category`].
    pub category: Option<CategoryId>,
}

impl SubcategoryChanges {
    /// Reads a form; no field is needed. The store is asked only when something is wrong, so that a category that is not
    /// there is told beside it.
    ///
    /// # Errors
    /// `Fields` with everything that is wrong, `Store`.
    pub fn read<R: CategoryRepository + ?Sized>(form: &Form, repo: &mut R) -> Result<Self, CategoryError> {
        let mut fields = form.fields();
        let changes = Self::read_fields(&mut fields);
        if fields.is_faultless() { Ok(changes) } else { Err(with_missing(fields, changes.category, repo)?.into()) }
    }

    /// The fields of the form.
    pub fn fields() -> Vec<FieldShape> {
        describe(Self::read_fields)
    }

    fn read_fields(fields: &mut Fields<'_>) -> Self {
        Self {
            name: fields.optional(&NAME),
            description: fields.optional(&DESCRIPTION),
            hex_color: fields.optional(&HEX_COLOR),
            category: fields.optional(&CATEGORY),
        }
    }
}

impl Subcategory {
    /// The subcategory that a draft becomes.
    pub fn new(id: SubcategoryId, draft: SubcategoryDraft) -> Self {
        let SubcategoryDraft { name, description, hex_color, category } = draft;
        Self { id, name, description, hex_color, category }
    }

    /// The subcategory after changes.
    #[must_use]
    pub fn changed(self, changes: SubcategoryChanges) -> Self {
        Self {
            id: self.id,
            name: changes.name.unwrap_or(self.name),
            description: changes.description.unwrap_or(self.description),
            hex_color: changes.hex_color.unwrap_or(self.hex_color),
            category: changes.category.unwrap_or(self.category),
        }
    }
}

/// Refuses a category that is not there.
///
/// # Errors
/// `Fields`, `Store`.
pub(crate) fn require_category<R>(category: CategoryId, repo: &mut R) -> Result<(), CategoryError>
where
    R: CategoryRepository + ?Sized,
{
    match missing(Some(category), repo)? {
        None => Ok(()),
        Some(fault) => Err(FieldErrors::one(CATEGORY.name(), fault).into()),
    }
}

/// What is wrong with a form, with a category that is not there.
fn with_missing<R>(
    mut fields: Fields<'_>,
    category: Option<CategoryId>,
    repo: &mut R,
) -> Result<FieldErrors, StoreError>
where
    R: CategoryRepository + ?Sized,
{
    if let Some(fault) = missing(category, repo)? {
        fields.fault(CATEGORY.name(), fault);
    }
    Ok(fields.into_errors())
}

fn missing<R>(category: Option<CategoryId>, repo: &mut R) -> Result<Option<FieldFault>, StoreError>
where
    R: CategoryRepository + ?Sized,
{
    let Some(id) = category else { return Ok(None) };
    let found = repo.find_category(id)?;
    Ok(if found.is_some() { None } else { Some(FieldFault::Missing { id: id.to_string() }) })
}
