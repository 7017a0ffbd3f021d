//! What can be done with categories, use case by use case, against the store in memory.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod create_category;
mod create_subcategory;
mod delete_category;
mod delete_subcategory;
mod get_category;
mod get_subcategory;
mod list_categories;
mod list_subcategories;
mod update_category;
mod update_subcategory;

use categories::{
    Category, CategoryDraft, CategoryError, Subcategory, SubcategoryDraft, create_category, create_subcategory,
};
use kernel::fakes::SequentialIds;
use kernel::{FieldFault, Form, Raw};
use memory::MemoryStore;
use store::{Store, Tx};

/// A store, and the identifiers of what is put into it.
#[derive(Default)]
struct Shelf {
    store: MemoryStore,
    ids: SequentialIds,
}

impl Shelf {
    fn store(&self) -> &dyn Store {
        &self.store
    }

    fn read<R>(&self, work: impl FnOnce(&mut dyn Tx) -> Result<R, CategoryError>) -> Result<R, CategoryError> {
        self.store().read(work)
    }

    fn write<R>(&self, work: impl FnMut(&mut dyn Tx) -> Result<R, CategoryError>) -> Result<R, CategoryError> {
        self.store().write(work)
    }

    /// Creates a category of this name and kind.
    fn category(&self, name: &str, kind: &str) -> Category {
        let form = form(&[("name", name), ("description", "what for"), ("type", kind), ("hexColor", "#a0b1c2")]);
        self.write(|tx| create_category(tx, &self.ids, CategoryDraft::read(&form)?)).unwrap()
    }

    /// Creates a subcategory of this name.
    fn subcategory(&self, name: &str, category: &Category) -> Subcategory {
        let id = category.id.to_string();
        let form = form(&[("name", name), ("description", "what for"), ("hexColor", "#a0b1c2"), ("category", &id)]);
        self.write(|tx| create(tx, &self.ids, &form)).unwrap()
    }
}

/// Reads a subcategory and creates it, in one transaction.
fn create(tx: &mut dyn Tx, ids: &SequentialIds, form: &Form) -> Result<Subcategory, CategoryError> {
    let draft = SubcategoryDraft::read(form, tx)?;
    create_subcategory(tx, ids, draft)
}

fn form(values: &[(&str, &str)]) -> Form {
    values.iter().map(|(name, value)| (*name, Raw::Text((*value).to_owned()))).collect()
}

/// The faulty fields of a refusal, each with its problem.
fn problems<R: std::fmt::Debug>(refused: Result<R, CategoryError>) -> Vec<(&'static str, FieldFault)> {
    match refused {
        Err(CategoryError::Fields(errors)) => errors
            .iter()
            .flat_map(|(name, problems)| problems.iter().map(move |problem| (name, problem.clone())))
            .collect(),
        other => vec![("no field at all", FieldFault::Missing { id: format!("{other:?}") })],
    }
}
