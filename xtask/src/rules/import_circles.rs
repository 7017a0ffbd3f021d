//! Files of a crate do not lead back to each other, or only few of them do: the rest can be read from bottom to top.

use crate::module_graph::ModuleGraph;
use crate::workspace::Workspace;

/// The most files that may need each other.
const FILES_MAX: usize = 3;

/// Finds crates in which more files need each other, in one circle of imports or in several that share files.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let mut findings = Vec::new();
    for package in &workspace.packages {
        let graph = ModuleGraph::read(&format!("{}/src", package.directory), &workspace.files);
        let circle: Vec<&str> = graph.largest_circle().into_iter().collect();
        if circle.len() > FILES_MAX {
            findings.push(format!(
                "`{}`: {} files need each other, {FILES_MAX} at most: move what several of them need into a file that \
                 needs none of them, or hand it in: {}",
                package.name,
                circle.len(),
                circle.join(", ")
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Package, TextFile};

    /// A crate whose files need each the next one, and the last one the first.
    fn circle_of(files: usize) -> Workspace {
        let package = Package { name: "a".to_owned(), directory: "crates/a".to_owned(), ..Package::default() };
        let file = |number: usize| TextFile {
            path: format!("crates/a/src/m{number}.rs"),
            text: format!("use crate::m{}::Thing;\n", (number + 1) % files),
        };
        Workspace { packages: vec![package], files: (0..files).map(file).collect(), ..Workspace::default() }
    }

    #[test]
    fn a_circle_of_four_is_found_and_one_of_three_is_not() {
        assert!(check(&circle_of(3)).is_empty());
        let found = check(&circle_of(4));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("`a`: 4 files need each other, 3 at most: "), "{found:?}");
        assert!(found[0].ends_with(": crates/a/src/m0.rs, crates/a/src/m1.rs, crates/a/src/m2.rs, crates/a/src/m3.rs"));
    }
}
