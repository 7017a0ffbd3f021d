//! Every package takes the lint table of the workspace.

use crate::workspace::Workspace;

/// Finds packages with lints of their own, or none.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    workspace
        .packages
        .iter()
        .map(|package| format!("{}/Cargo.toml", package.directory))
        .filter(|manifest| !takes_workspace_lints(workspace.text_of(manifest)))
        .map(|manifest| format!("{manifest}: add `[lints]` with `workspace = true`"))
        .collect()
}

fn takes_workspace_lints(manifest: &str) -> bool {
    let section = manifest.lines().map(str::trim).skip_while(|line| *line != "[lints]").skip(1);
    section.take_while(|line| !line.starts_with('[')).any(|line| line == "workspace = true")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Package;

    fn package(manifest: &str) -> Workspace {
        let package = Package { name: "a".to_owned(), directory: "crates/a".to_owned(), ..Package::default() };
        Workspace { packages: vec![package], ..Workspace::with_file("crates/a/Cargo.toml", manifest) }
    }

    #[test]
    fn a_package_with_lints_of_its_own_is_found() {
        for manifest in ["[package]\nname = \"a\"\n", "[lints]\n[features]\nworkspace = true\n"] {
            assert_eq!(check(&package(manifest)), ["crates/a/Cargo.toml: add `[lints]` with `workspace = true`"]);
        }
    }

    #[test]
    fn the_shared_lints_will_do() {
        assert!(check(&package("[package]\n\n[lints]\nworkspace = true\n")).is_empty());
    }
}
