//! Subcategories as clients write and read them.

use categories::{Subcategory, SubcategoryChanges, SubcategoryDraft, SubcategoryFilter};
use http::{body, query};
use serde::Serialize;
use utoipa::ToSchema;

/// A subcategory.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubcategoryView {
    /// Its identifier.
    #[schema(format = "uuid", example = "7a0c3cb2-4a7d-4b5f-8f4a-0d1f5e6a7b8c")]
    id: String,
    /// What it is called.
    #[schema(min_length = 1, max_length = 100, example = "Food")]
    name: String,
    /// What it is for.
    #[schema(min_length = 1, max_length = 100, example = "All that is eaten")]
    description: String,
    /// The colour that clients draw it in.
    #[schema(min_length = 1, max_length = 7, example = "#a0b1c2")]
    #[serde(rename = "hexColor")]
    hex_color: String,
    /// The category that it belongs to.
    #[schema(format = "uuid", example = "3d1c6b3e-5a34-4a51-9a3c-6f0e8d7c5b4a")]
    category: String,
}

impl From<&Subcategory> for SubcategoryView {
    fn from(subcategory: &Subcategory) -> Self {
        Self {
            id: subcategory.id.to_string(),
            name: subcategory.name.to_string(),
            description: subcategory.description.to_string(),
            hex_color: subcategory.hex_color.to_string(),
            category: subcategory.category.to_string(),
        }
    }
}

body! {
    /// What a subcategory is made of.
    pub(crate) SubcategoryBody = SubcategoryDraft::fields();
    /// What may change of a subcategory.
    pub(crate) SubcategoryChangesBody = SubcategoryChanges::fields();
}

query! {
    /// Which subcategories to list.
    pub(crate) SubcategoryQuery = SubcategoryFilter::fields();
}
