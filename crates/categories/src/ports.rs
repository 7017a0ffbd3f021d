//! What this crate asks of a store. Every method works inside one open transaction.

use crate::{Category, CategoryError, Subcategory};
use kernel::{CategoryId, PageRequest, Position, StoreError, SubcategoryId};

/// The categories.
pub trait CategoryRepository {
    /// Adds a category.
    fn insert_category(&mut self, category: &Category) -> Result<(), StoreError>;

    /// Finds a category.
    fn find_category(&mut self, id: CategoryId) -> Result<Option<Category>, StoreError>;

    /// The categories of exactly this kind, or all of them, oldest insertion first; the first `limit` of them when there
    /// are more.
    fn list_categories(&mut self, kind: Option<&str>, limit: u32) -> Result<Vec<Category>, StoreError>;

    /// The first categories of exactly this kind, or of any, that stand after a position, with their positions, oldest insertion
    /// first; at most as many as wanted. Positions MUST be in the order of `list_categories` and MUST stay with their rows.
    fn list_categories_after(
        &mut self,
        kind: Option<&str>,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Category)>, StoreError>;

    /// Stores what a category says. A category that is not there is left alone.
    fn update_category(&mut self, category: &Category) -> Result<(), StoreError>;

    /// Removes a category; `false` when it was not there.
    ///
    /// # Errors
    /// `CategoryInUse` when a subcategory, an expense or an income refers to it; the transaction MUST stay usable.
    fn delete_category(&mut self, id: CategoryId) -> Result<bool, CategoryError>;
}

/// The subcategories.
pub trait SubcategoryRepository {
    /// Adds a subcategory. A category that is not there (any more) MUST be a lost race, so that the work is done again.
    fn insert_subcategory(&mut self, subcategory: &Subcategory) -> Result<(), StoreError>;

    /// Finds a subcategory.
    fn find_subcategory(&mut self, id: SubcategoryId) -> Result<Option<Subcategory>, StoreError>;

    /// The subcategories of one category, or all of them, oldest insertion first; the first `limit` of them when there are
    /// more.
    fn list_subcategories(&mut self, category: Option<CategoryId>, limit: u32) -> Result<Vec<Subcategory>, StoreError>;

    /// The first subcategories of one category, or of all, that stand after a position, with their positions, oldest insertion
    /// first; at most as many as wanted. Positions MUST be in the order of `list_subcategories` and MUST stay with their rows.
    fn list_subcategories_after(
        &mut self,
        category: Option<CategoryId>,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Subcategory)>, StoreError>;

    /// Stores what a subcategory says. A subcategory that is not there is left alone; a category that is not there MUST
    /// be a lost race.
    fn update_subcategory(&mut self, subcategory: &Subcategory) -> Result<(), StoreError>;

    /// Removes a subcategory; `false` when it was not there.
    ///
    /// # Errors
    /// `SubcategoryInUse` when an expense refers to it; the transaction MUST stay usable.
    fn delete_subcategory(&mut self, id: SubcategoryId) -> Result<bool, CategoryError>;
}
