//! Categories as clients write and read them.

use categories::Category;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

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

/// What a category is made of.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it field by field")]
pub(crate) struct CategoryBody {
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

/// What may change of a category.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it field by field")]
pub(crate) struct CategoryChanges {
    /// What it is called.
    #[schema(min_length = 1, max_length = 100, example = "Food")]
    name: Option<String>,
    /// What it is for.
    #[schema(min_length = 1, max_length = 100, example = "All that is eaten")]
    description: Option<String>,
    /// Free text; clients write `expense` or `income`.
    #[schema(min_length = 1, max_length = 100, example = "expense")]
    r#type: Option<String>,
    /// The colour that clients draw it in.
    #[schema(min_length = 1, max_length = 7, example = "#a0b1c2")]
    #[serde(rename = "hexColor")]
    hex_color: Option<String>,
}

/// Which categories to list; empty text is no condition.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it parameter by parameter")]
pub(crate) struct CategoryQuery {
    /// Exactly this type; also spelled `Type`.
    #[param(example = "expense")]
    r#type: Option<String>,
}
