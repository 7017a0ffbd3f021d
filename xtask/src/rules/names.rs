//! Names say what is inside: no drawer for everything.

use crate::workspace::Workspace;

const DRAWERS: [&str; 7] = ["common", "helper", "helpers", "manager", "misc", "util", "utils"];

/// Finds files, directories and modules whose name would fit anything.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let mut findings = Vec::new();
    for file in workspace.rust_files() {
        let path = file.path.trim_end_matches(".rs");
        for part in path.split('/').filter(|part| DRAWERS.contains(part)) {
            findings.push(format!("{}: `{part}` fits anything: name it after what is in it", file.path));
        }
        for (number, line) in (1..).zip(file.text.lines()) {
            if let Some(name) = module_of(line).filter(|name| DRAWERS.contains(name)) {
                findings
                    .push(format!("{}:{number}: `mod {name}` fits anything: name it after what is in it", file.path));
            }
        }
    }
    findings
}

/// The name of the module that a line declares.
fn module_of(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    match (words.next()?, words.next()?) {
        ("mod", name) => Some(name),
        (visibility, "mod") if visibility.starts_with("pub") => words.next(),
        _ => None,
    }
    .map(|name| name.trim_end_matches([';', '{']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawer_is_found_as_a_file_a_directory_and_a_module() {
        for path in ["crates/a/src/utils.rs", "tests/common/mod.rs", "crates/helpers/src/lib.rs"] {
            assert_eq!(check(&Workspace::with_file(path, "//! A.\n")).len(), 1, "{path}");
        }
        for line in ["mod common {", "pub mod helpers;", "pub(crate) mod manager;", "    mod util;"] {
            assert_eq!(check(&Workspace::with_file("a.rs", line)).len(), 1, "{line}");
        }
    }

    #[test]
    fn names_that_say_something_pass() {
        assert!(check(&Workspace::with_file("crates/auth/src/common_passwords.rs", "mod harness;\n")).is_empty());
    }
}
