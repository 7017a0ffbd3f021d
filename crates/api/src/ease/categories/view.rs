//! Categories as clients write and read them.

use categories::{Category, CategoryChanges, CategoryDraft, CategoryFilter};
use http::{body, query};
use serde::Serialize;
use utoipa::ToSchema;

/// A category.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CategoryView {
    /// Its identifier.
    #[schema(format = "uuid", example = "3d1c6b3e-5a34-4a51-9a3c-6f0e8d7c5b4a")]
    id: String,
    /// What it is called.
    #[schema(min_length = 1, max_length = 100, example = "Food")]
    name: String,
    /// What it is for.
    #[schema(min_length = 1, max_length = 100, example = "All that is eaten")]
    description: String,
    /// Free text; clients write `expense` or `income`.
    #[schema(min_length = 1, max_length = 100, example = "expense")]
    r#type: String,
    /// The colour that clients draw it in.
    #[schema(min_length = 1, max_length = 7, example = "#a0b1c2")]
    #[serde(rename = "hexColor")]
    hex_color: String,
}

impl From<&Category> for CategoryView {
    fn from(category: &Category) -> Self {
        Self {
            id: category.id.to_string(),
            name: category.name.to_string(),
            description: category.description.to_string(),
            r#type: category.kind.to_string(),
            hex_color: category.hex_color.to_string(),
        }
    }
}

body! {
    /// What a category is made of.
    pub(crate) CategoryBody = CategoryDraft::fields();
    /// What may change of a category.
    pub(crate) CategoryChangesBody = CategoryChanges::fields();
}

query! {
    /// Which categories to list.
    pub(crate) CategoryQuery = CategoryFilter::fields();
}
