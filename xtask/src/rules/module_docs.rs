//! Every module begins with what it is for.

use crate::workspace::Workspace;

/// Finds modules that begin with anything but their documentation.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    workspace
        .rust_files()
        .filter(|file| !(file.text.starts_with("//! ") || file.text.starts_with("#![doc = include_str!")))
        .map(|file| format!("{}: begin the file with `//!` and one line on what it is for", file.path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_without_a_first_line_is_found() {
        let found = check(&Workspace::with_file("crates/a/src/b.rs", "use std::fmt;\n"));
        assert_eq!(found, ["crates/a/src/b.rs: begin the file with `//!` and one line on what it is for"]);
    }

    #[test]
    fn a_line_or_a_readme_will_do() {
        assert!(check(&Workspace::with_file("a.rs", "//! What it is for.\n")).is_empty());
        assert!(check(&Workspace::with_file("a.rs", "#![doc = include_str!(\"../README.md\")]\n")).is_empty());
    }
}
