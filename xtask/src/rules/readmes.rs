//! Every crate under `crates` has a README, which a library's documentation begins with.

use crate::workspace::Workspace;

/// Finds crates without a README, and libraries that do not show theirs.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let mut findings = Vec::new();
    for directory in workspace.packages.iter().map(|package| &package.directory) {
        if !directory.starts_with("crates/") {
            continue;
        }
        if workspace.text_of(&format!("{directory}/README.md")).lines().count() < 3 {
            findings.push(format!("{directory}/README.md: say what the crate is for and what it does not know"));
        }
        let library = workspace.text_of(&format!("{directory}/src/lib.rs"));
        if !library.is_empty() && !library.contains("include_str!(\"../README.md\")") {
            findings.push(format!(
                "{directory}/src/lib.rs: begin with `#![doc = include_str!(\"../README.md\")]`, so that there is one \
                 introduction and its example runs"
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Package;

    fn package(library: &str) -> Workspace {
        let package = Package { name: "a".to_owned(), directory: "crates/a".to_owned(), ..Package::default() };
        Workspace { packages: vec![package], ..Workspace::with_file("crates/a/src/lib.rs", library) }
    }

    #[test]
    fn a_crate_without_a_readme_and_a_library_that_does_not_show_it_are_found() {
        let found = check(&package("//! A.\n"));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("crates/a/README.md: say what"), "{found:?}");
        assert!(found[1].starts_with("crates/a/src/lib.rs: begin with"), "{found:?}");
    }
}
