//! The categories and subcategories in memory.

use crate::checks::{require, require_absent};
use crate::state::State;
use categories::{Category, CategoryError, CategoryRepository, Subcategory, SubcategoryRepository};
use kernel::{CategoryId, PageRequest, Position, StoreError, SubcategoryId};
use std::sync::Arc;

fn is_of_kind(category: &Category, kind: Option<&str>) -> bool {
    kind.is_none_or(|kind| category.kind.as_str() == kind)
}

fn is_below(subcategory: &Subcategory, category: Option<CategoryId>) -> bool {
    category.is_none_or(|id| subcategory.category == id)
}

impl CategoryRepository for State {
    fn insert_category(&mut self, category: &Category) -> Result<(), StoreError> {
        require_absent(self.categories.rows.contains(category.id), "category")?;
        Arc::make_mut(&mut self.categories).rows.insert(category.id, category.clone());
        Ok(())
    }

    fn find_category(&mut self, id: CategoryId) -> Result<Option<Category>, StoreError> {
        Ok(self.categories.rows.get(id).cloned())
    }

    fn list_categories(&mut self, kind: Option<&str>, limit: u32) -> Result<Vec<Category>, StoreError> {
        Ok(self.categories.rows.list(|category| is_of_kind(category, kind), limit).cloned().collect())
    }

    fn list_categories_after(
        &mut self,
        kind: Option<&str>,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Category)>, StoreError> {
        let part = self.categories.rows.part(|category| is_of_kind(category, kind), wanted);
        Ok(part.map(|(position, category)| (position, category.clone())).collect())
    }

    fn update_category(&mut self, category: &Category) -> Result<(), StoreError> {
        if let Some(stored) = Arc::make_mut(&mut self.categories).rows.get_mut(category.id) {
            stored.clone_from(category);
        }
        Ok(())
    }

    fn delete_category(&mut self, id: CategoryId) -> Result<bool, CategoryError> {
        let in_use = self.categories.subcategories.rows().any(|subcategory| subcategory.category == id)
            || self.ledger.rows().any(|row| row.entry.category == id);
        if in_use {
            return Err(CategoryError::CategoryInUse);
        }
        Ok(Arc::make_mut(&mut self.categories).rows.remove(id))
    }
}

impl SubcategoryRepository for State {
    fn insert_subcategory(&mut self, subcategory: &Subcategory) -> Result<(), StoreError> {
        require(self.categories.rows.contains(subcategory.category), "category")?;
        require_absent(self.categories.subcategories.contains(subcategory.id), "subcategory")?;
        Arc::make_mut(&mut self.categories).subcategories.insert(subcategory.id, subcategory.clone());
        Ok(())
    }

    fn find_subcategory(&mut self, id: SubcategoryId) -> Result<Option<Subcategory>, StoreError> {
        Ok(self.categories.subcategories.get(id).cloned())
    }

    fn list_subcategories(&mut self, category: Option<CategoryId>, limit: u32) -> Result<Vec<Subcategory>, StoreError> {
        Ok(self.categories.subcategories.list(|row| is_below(row, category), limit).cloned().collect())
    }

    fn list_subcategories_after(
        &mut self,
        category: Option<CategoryId>,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Subcategory)>, StoreError> {
        let part = self.categories.subcategories.part(|row| is_below(row, category), wanted);
        Ok(part.map(|(position, subcategory)| (position, subcategory.clone())).collect())
    }

    fn update_subcategory(&mut self, subcategory: &Subcategory) -> Result<(), StoreError> {
        if !self.categories.subcategories.contains(subcategory.id) {
            return Ok(());
        }
        require(self.categories.rows.contains(subcategory.category), "category")?;
        if let Some(stored) = Arc::make_mut(&mut self.categories).subcategories.get_mut(subcategory.id) {
            stored.clone_from(subcategory);
        }
        Ok(())
    }

    fn delete_subcategory(&mut self, id: SubcategoryId) -> Result<bool, CategoryError> {
        if self.ledger.rows().any(|row| row.entry.subcategory == Some(id)) {
            return Err(CategoryError::SubcategoryInUse);
        }
        Ok(Arc::make_mut(&mut self.categories).subcategories.remove(id))
    }
}
