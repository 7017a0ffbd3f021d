//! The categories in memory.

use super::{List, State, length, part, require_absent};
use categories::{Category, CategoryError, CategoryRepository};
use kernel::{CategoryId, PageRequest, Position, StoreError};

impl State {
    pub(super) fn has_category(&self, id: CategoryId) -> bool {
        self.categories.iter().any(|category| category.id == id)
    }
}

impl CategoryRepository for State {
    fn insert_category(&mut self, category: &Category) -> Result<(), StoreError> {
        require_absent(self.has_category(category.id), "category")?;
        self.give_place(List::Categories, category.id.0);
        self.categories.push(category.clone());
        Ok(())
    }

    fn find_category(&mut self, id: CategoryId) -> Result<Option<Category>, StoreError> {
        Ok(self.categories.iter().find(|category| category.id == id).cloned())
    }

    fn list_categories(&mut self, kind: Option<&str>, limit: u32) -> Result<Vec<Category>, StoreError> {
        let of_kind = |category: &&Category| kind.is_none_or(|kind| category.kind.as_str() == kind);
        Ok(self.categories.iter().filter(of_kind).take(length(limit)).cloned().collect())
    }

    fn list_categories_after(
        &mut self,
        kind: Option<&str>,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Category)>, StoreError> {
        let of_kind = |category: &&Category| kind.is_none_or(|kind| category.kind.as_str() == kind);
        Ok(part(
            self.categories.iter().filter(of_kind),
            |category| self.position_of(List::Categories, category.id.0),
            wanted,
        ))
    }

    fn update_category(&mut self, category: &Category) -> Result<(), StoreError> {
        if let Some(stored) = self.categories.iter_mut().find(|stored| stored.id == category.id) {
            stored.clone_from(category);
        }
        Ok(())
    }

    fn delete_category(&mut self, id: CategoryId) -> Result<bool, CategoryError> {
        let in_use = self.subcategories.iter().any(|subcategory| subcategory.category == id)
            || self.entries.iter().any(|entry| entry.category == id);
        if in_use {
            return Err(CategoryError::CategoryInUse);
        }
        let before = self.categories.len();
        self.categories.retain(|category| category.id != id);
        Ok(self.categories.len() < before)
    }
}
