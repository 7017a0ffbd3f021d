//! What can be done with the ledger, one use case per file.

mod delete_entry;
mod export_entries;
mod get_entry;
mod import_entries;
mod list_entries;
mod page_entries;
mod record_entry;
mod summarise_entries;
mod update_entry;

pub use delete_entry::delete_entry;
pub use export_entries::export_entries;
pub use get_entry::get_entry;
pub use import_entries::import_entries;
pub use list_entries::list_entries;
pub use page_entries::page_entries;
pub use record_entry::record_entry;
pub use summarise_entries::summarise_entries;
pub use update_entry::update_entry;
