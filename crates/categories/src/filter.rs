//! Which categories and subcategories to list.

use crate::CategoryError;
use kernel::{CategoryId, Field, FieldShape, Fields, Form, describe};

const KIND: Field<String> = Field::new("type", "Exactly this type; also spelled `Type`.").example("expense");
const KIND_ALIAS: Field<String> = Field::new("Type", "The other spelling of `type`.");
const CATEGORY: Field<CategoryId> = Field::new("category_id", "Those of this category; also spelled `category`.")
    .example("3d1c6b3e-5a34-4a51-9a3c-6f0e8d7c5b4a");
const CATEGORY_ALIAS: Field<CategoryId> = Field::new("category", "The other spelling of `category_id`.");

/// Which categories to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CategoryFilter {
    /// Those of exactly this kind; `None` for all of them.
    pub kind: Option<String>,
}

impl CategoryFilter {
    /// Reads the `type` of a query, also spelled `Type`; one that is empty, or no text, is no condition.
    pub fn read(query: &Form) -> Self {
        let mut fields = query.fields();
        let filter = Self::read_fields(&mut fields);
        Self { kind: filter.kind.or_else(|| fields.filter(&KIND_ALIAS)) }
    }

    /// The parameters of the query.
    pub fn fields() -> Vec<FieldShape> {
        describe(Self::read_fields)
    }

    fn read_fields(fields: &mut Fields<'_>) -> Self {
        Self { kind: fields.filter(&KIND) }
    }
}

/// Which subcategories to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SubcategoryFilter {
    /// Those of this category; `None` for all of them.
    pub category: Option<CategoryId>,
}

impl SubcategoryFilter {
    /// Reads the `category_id` of a query, also spelled `category`; an empty one is no condition.
    ///
    /// # Errors
    /// `UnreadableFilter`.
    pub fn read(query: &Form) -> Result<Self, CategoryError> {
        let mut fields = query.fields();
        let filter = Self::read_fields(&mut fields);
        let other = fields.filter(&CATEGORY_ALIAS);
        fields.finish().or(Err(CategoryError::UnreadableFilter))?;
        Ok(Self { category: filter.category.or(other) })
    }

    /// The parameters of the query.
    pub fn fields() -> Vec<FieldShape> {
        describe(Self::read_fields)
    }

    fn read_fields(fields: &mut Fields<'_>) -> Self {
        Self { category: fields.filter(&CATEGORY) }
    }
}
