//! What the categories refuse.

use kernel::{Failure, FieldErrors, Kind, StoreError};
use thiserror::Error;

/// A refusal of the categories.
#[derive(Debug, Error)]
pub enum CategoryError {
    /// Fields that break a rule.
    #[error(transparent)]
    Fields(#[from] FieldErrors),
    /// There is no such category.
    #[error("no such category")]
    CategoryNotFound,
    /// There is no such subcategory.
    #[error("no such subcategory")]
    SubcategoryNotFound,
    /// A subcategory, an expense or an income uses the category.
    #[error("the category is in use")]
    CategoryInUse,
    /// An expense uses the subcategory.
    #[error("the subcategory is in use")]
    SubcategoryInUse,
    /// A filter that is no identifier.
    #[error("the filter cannot be read")]
    UnreadableFilter,
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Failure for CategoryError {
    fn kind(&self) -> Kind {
        match self {
            Self::Fields(_) | Self::CategoryInUse | Self::SubcategoryInUse | Self::UnreadableFilter => Kind::Invalid,
            Self::CategoryNotFound | Self::SubcategoryNotFound => Kind::NotFound,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "categories.fields",
            Self::CategoryNotFound => "categories.category_not_found",
            Self::SubcategoryNotFound => "categories.subcategory_not_found",
            Self::CategoryInUse => "categories.category_in_use",
            Self::SubcategoryInUse => "categories.subcategory_in_use",
            Self::UnreadableFilter => "categories.unreadable_filter",
            Self::Store(error) => error.code(),
        }
    }

    fn retryable(&self) -> bool {
        matches!(self, Self::Store(error) if error.retryable())
    }

    fn field_errors(&self) -> Option<&FieldErrors> {
        match self {
            Self::Fields(errors) => Some(errors),
            _ => None,
        }
    }
}
