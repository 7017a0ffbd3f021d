//! The rules, one per file; each has a test that shows it failing.

pub(crate) mod commit_subjects;
pub(crate) mod contract_clauses;
pub(crate) mod dependencies;
pub(crate) mod file_length;
pub(crate) mod import_circles;
pub(crate) mod licences;
pub(crate) mod lock_files;
pub(crate) mod migrations;
pub(crate) mod module_docs;
pub(crate) mod module_tree;
pub(crate) mod named_tests;
pub(crate) mod names;
pub(crate) mod page_paths;
pub(crate) mod plain_domains;
pub(crate) mod readmes;
pub(crate) mod shared_lints;
pub(crate) mod symbols;
pub(crate) mod test_programs;
pub(crate) mod words;
