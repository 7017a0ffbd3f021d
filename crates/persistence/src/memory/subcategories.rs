//! The subcategories in memory.

use super::{List, State, length, part, require, require_absent};
use categories::{CategoryError, Subcategory, SubcategoryRepository};
use kernel::{CategoryId, PageRequest, Position, StoreError, SubcategoryId};

impl State {
    pub(super) fn has_subcategory(&self, id: SubcategoryId) -> bool {
        self.subcategories.iter().any(|subcategory| subcategory.id == id)
    }
}

impl SubcategoryRepository for State {
    fn insert_subcategory(&mut self, subcategory: &Subcategory) -> Result<(), StoreError> {
        require(self.has_category(subcategory.category), "category")?;
        require_absent(self.has_subcategory(subcategory.id), "subcategory")?;
        self.give_place(List::Subcategories, subcategory.id.0);
        self.subcategories.push(subcategory.clone());
        Ok(())
    }

    fn find_subcategory(&mut self, id: SubcategoryId) -> Result<Option<Subcategory>, StoreError> {
        Ok(self.subcategories.iter().find(|subcategory| subcategory.id == id).cloned())
    }

    fn list_subcategories(&mut self, category: Option<CategoryId>, limit: u32) -> Result<Vec<Subcategory>, StoreError> {
        let of_category = |subcategory: &&Subcategory| category.is_none_or(|id| subcategory.category == id);
        Ok(self.subcategories.iter().filter(of_category).take(length(limit)).cloned().collect())
    }

    fn list_subcategories_after(
        &mut self,
        category: Option<CategoryId>,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Subcategory)>, StoreError> {
        let of_category = |subcategory: &&Subcategory| category.is_none_or(|id| subcategory.category == id);
        let rows = self.subcategories.iter().filter(of_category);
        Ok(part(rows, |subcategory| self.position_of(List::Subcategories, subcategory.id.0), wanted))
    }

    fn update_subcategory(&mut self, subcategory: &Subcategory) -> Result<(), StoreError> {
        if !self.has_subcategory(subcategory.id) {
            return Ok(());
        }
        require(self.has_category(subcategory.category), "category")?;
        if let Some(stored) = self.subcategories.iter_mut().find(|stored| stored.id == subcategory.id) {
            stored.clone_from(subcategory);
        }
        Ok(())
    }

    fn delete_subcategory(&mut self, id: SubcategoryId) -> Result<bool, CategoryError> {
        if self.entries.iter().any(|entry| entry.subcategory == Some(id)) {
            return Err(CategoryError::SubcategoryInUse);
        }
        let before = self.subcategories.len();
        self.subcategories.retain(|subcategory| subcategory.id != id);
        Ok(self.subcategories.len() < before)
    }
}
