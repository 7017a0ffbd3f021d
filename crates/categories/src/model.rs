//! Categories, and the subcategories under them.

use crate::{CategoryError, CategoryRepository};
use kernel::{CategoryId, FieldFault, Fields, Form, Raw, StoreError, SubcategoryId, Text};

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
        let name = fields.required_by("name", Text::parse);
        let description = fields.required_by("description", Text::parse);
        let kind = fields.required_by("type", Text::parse);
        let hex_color = fields.required_by("hexColor", Text::parse);
        match (name, description, kind, hex_color) {
            (Some(name), Some(description), Some(kind), Some(hex_color)) => {
                Ok(Self { name, description, kind, hex_color })
            }
            _ => Err(fields.into_errors().into()),
        }
    }
}

impl Category {
    /// The category with whatever a form changes.
    ///
    /// # Errors
    /// `Fields` with everything that is wrong.
    pub fn changed(self, form: &Form) -> Result<Self, CategoryError> {
        let mut fields = form.fields();
        let name = fields.optional_by("name", Text::parse);
        let description = fields.optional_by("description", Text::parse);
        let kind = fields.optional_by("type", Text::parse);
        let hex_color = fields.optional_by("hexColor", Text::parse);
        fields.finish()?;
        Ok(Self {
            id: self.id,
            name: name.unwrap_or(self.name),
            description: description.unwrap_or(self.description),
            kind: kind.unwrap_or(self.kind),
            hex_color: hex_color.unwrap_or(self.hex_color),
        })
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
    /// Reads a form; all four fields are needed, and the category must be there.
    ///
    /// # Errors
    /// `Fields` with everything that is wrong, `Store`.
    pub fn read<R: CategoryRepository + ?Sized>(form: &Form, repo: &mut R) -> Result<Self, CategoryError> {
        let mut fields = form.fields();
        let name = fields.required_by("name", Text::parse);
        let description = fields.required_by("description", Text::parse);
        let hex_color = fields.required_by("hexColor", Text::parse);
        let category = fields.required_by("category", Raw::as_uuid).map(CategoryId);
        check_category(&mut fields, category, repo)?;
        match (name, description, hex_color, category) {
            (Some(name), Some(description), Some(hex_color), Some(category)) if fields.is_faultless() => {
                Ok(Self { name, description, hex_color, category })
            }
            _ => Err(fields.into_errors().into()),
        }
    }
}

impl Subcategory {
    /// The subcategory with whatever a form changes.
    ///
    /// # Errors
    /// `Fields` with everything that is wrong, `Store`.
    pub fn changed<R: CategoryRepository + ?Sized>(self, form: &Form, repo: &mut R) -> Result<Self, CategoryError> {
        let mut fields = form.fields();
        let name = fields.optional_by("name", Text::parse);
        let description = fields.optional_by("description", Text::parse);
        let hex_color = fields.optional_by("hexColor", Text::parse);
        let category = fields.optional_by("category", Raw::as_uuid).map(CategoryId);
        check_category(&mut fields, category, repo)?;
        fields.finish()?;
        Ok(Self {
            id: self.id,
            name: name.unwrap_or(self.name),
            description: description.unwrap_or(self.description),
            hex_color: hex_color.unwrap_or(self.hex_color),
            category: category.unwrap_or(self.category),
        })
    }
}

/// Notes a category that is not there.
fn check_category<R>(fields: &mut Fields<'_>, category: Option<CategoryId>, repo: &mut R) -> Result<(), StoreError>
where
    R: CategoryRepository + ?Sized,
{
    if let Some(id) = category
        && repo.find_category(id)?.is_none()
    {
        fields.fault("category", FieldFault::Missing { id: id.to_string() });
    }
    Ok(())
}
