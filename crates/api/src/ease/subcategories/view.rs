//! Subcategories as clients write and read them.

use categories::Subcategory;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

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

/// What a subcategory is made of.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it field by field")]
pub(crate) struct SubcategoryBody {
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

/// What may change of a subcategory.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it field by field")]
pub(crate) struct SubcategoryChanges {
    /// What it is called.
    #[schema(min_length = 1, max_length = 100, example = "Food")]
    name: Option<String>,
    /// What it is for.
    #[schema(min_length = 1, max_length = 100, example = "All that is eaten")]
    description: Option<String>,
    /// The colour that clients draw it in.
    #[schema(min_length = 1, max_length = 7, example = "#a0b1c2")]
    #[serde(rename = "hexColor")]
    hex_color: Option<String>,
    /// The category that it belongs to.
    #[schema(format = "uuid", example = "3d1c6b3e-5a34-4a51-9a3c-6f0e8d7c5b4a")]
    category: Option<String>,
}

/// Which subcategories to list; empty text is no condition.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it parameter by parameter")]
pub(crate) struct SubcategoryQuery {
    /// Those of this category; also spelled `category`.
    #[param(format = "uuid", example = "3d1c6b3e-5a34-4a51-9a3c-6f0e8d7c5b4a")]
    category_id: Option<String>,
}
