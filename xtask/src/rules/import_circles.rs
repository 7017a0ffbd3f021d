//! Files of a crate that import from each other in a circle are few, so that what is in one can be understood without all
//! of them.

use crate::module_graph::ModuleGraph;
use crate::workspace::Workspace;

/// The most files of a circle.
const FILES_MAX: usize = 3;

/// Finds crates with a longer circle.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let mut findings = Vec::new();
    for package in &workspace.packages {
        let graph = ModuleGraph::read(&format!("{}/src", package.directory), &workspace.files);
        if let Some(circle) = graph.circle_longer_than(FILES_MAX) {
            findings.push(format!(
                "`{}`: {} files import from each other in a circle, {FILES_MAX} at most: move what several of them need \
                 into a file that needs none of them: {}",
                package.name,
                circle.len(),
                circle.join(" -> ")
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
        assert!(found[0].starts_with("`a`: 4 files import from each other in a circle, 3 at most: "), "{found:?}");
        assert!(found[0].contains("m0.rs -> crates/a/src/m1.rs -> "), "{found:?}");
    }
}
