//! What every store must do, whatever it is made of: one function per clause, each on an empty store of its own.
//!
//! A domain has a folder: a file per subject with its clauses, `sample.rs` with values to store, and in `mod.rs` the list of
//! its clauses. A clause is in the folder of the domain whose rows it looks at: that an entry needs an owner is in
//! `ledger`. [`store_contract!`](crate::store_contract) makes a test of every clause of every domain, so that no store can
//! leave one out.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a clause fails by panicking")]

pub mod audit;
pub mod auth;
pub mod categories;
pub mod chat;
pub mod idempotency;
pub mod ledger;
mod lists;
mod sample;
pub mod transactions;
pub mod users;

/// Makes a test of every clause, in a module per domain and subject.
///
/// The expression makes an empty store: a value that dereferences to one and cleans up when it is dropped. It is written
/// into nested modules, so paths in it begin with `crate::` or the name of a crate.
///
/// ```text
/// store::store_contract!(Box::new(memory::MemoryStore::default()));
/// ```
#[macro_export]
macro_rules! store_contract {
    ($new_store:expr) => {
        $crate::audit_clauses!($new_store);
        $crate::auth_clauses!($new_store);
        $crate::categories_clauses!($new_store);
        $crate::chat_clauses!($new_store);
        $crate::idempotency_clauses!($new_store);
        $crate::ledger_clauses!($new_store);
        $crate::transactions_clauses!($new_store);
        $crate::users_clauses!($new_store);
    };
}

/// Makes a test of every clause of a domain that is listed.
#[doc(hidden)]
#[macro_export]
macro_rules! clauses {
    ($domain:ident, $new_store:expr; $($subject:ident { $($clause:ident,)+ })+) => {
        mod $domain {
            $(
                mod $subject {
                    $crate::clauses! { @tests $domain::$subject, $new_store; $($clause,)+ }
                }
            )+
        }
    };
    (@tests $domain:ident::$subject:ident, $new_store:expr; $($clause:ident,)+) => {
        $(
            #[test]
            fn $clause() {
                let store = $new_store;
                $crate::contract::$domain::$subject::$clause(&*store);
            }
        )+
    };
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    fn files_of(folder: &Path) -> Vec<PathBuf> {
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect()
    }

    fn name_of(path: &Path) -> &str {
        path.file_stem().unwrap().to_str().unwrap()
    }

    /// What a domain's list names of a subject.
    fn listed<'a>(list: &'a str, subject: &str) -> Vec<&'a str> {
        let lines = list.lines().map(str::trim).skip_while(|line| *line != format!("{subject} {{")).skip(1);
        lines.take_while(|line| *line != "}").map(|line| line.trim_end_matches(',')).collect()
    }

    /// Every clause there is, and whether the macros name it, by reading the sources.
    #[test]
    fn the_lists_name_every_clause() {
        let contract = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/contract");
        let mut found = 0_usize;
        for folder in files_of(&contract).into_iter().filter(|path| path.is_dir()) {
            let domain = name_of(&folder);
            let call = format!("$crate::{domain}_clauses!($new_store);");
            assert!(include_str!("mod.rs").contains(&call), "no store is held to the clauses of `{domain}`");
            let list = fs::read_to_string(folder.join("mod.rs")).unwrap();
            for file in files_of(&folder) {
                let named = listed(&list, name_of(&file));
                let source = fs::read_to_string(&file).unwrap();
                for clause in source.lines().filter_map(|line| line.strip_prefix("pub fn ")) {
                    let (clause, _) = clause.split_once('(').unwrap();
                    assert!(named.contains(&clause), "no store is held to `{clause}` of {}", file.display());
                    found += 1;
                }
            }
        }
        assert!(found > 100, "only {found} clauses were found");
    }
}
