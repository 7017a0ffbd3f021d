//! Files of a crate do not lead back to each other, or only few of them do: what is left can be read from bottom to top.

use crate::module_graph::ModuleGraph;
use crate::workspace::Workspace;

/// The most files that may need each other.
const FILES_MAX: usize = 3;

/// Crates with a larger circle, and how many files it has. The list may only shrink, and so may its numbers.
const LARGER: &[(&str, usize)] = &[("api", 4), ("kernel", 6), ("memory", 9)];

/// Finds crates in which too many files need each other, and entries of the list that are no longer needed.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    check_with(workspace, LARGER)
}

fn check_with(workspace: &Workspace, larger: &[(&str, usize)]) -> Vec<String> {
    let mut findings = Vec::new();
    for package in &workspace.packages {
        let graph = ModuleGraph::read(&format!("{}/src", package.directory), &workspace.files);
        let circle = graph.largest_circle();
        let excuse = larger.iter().find(|(name, _)| *name == package.name).map(|(_, files)| *files);
        if circle.len() > excuse.unwrap_or(FILES_MAX) {
            let files: Vec<&str> = circle.iter().copied().collect();
            findings.push(format!(
                "`{}`: {} files need each other, {} at most: move what several of them need into a file that needs \
                 none of them, or hand it in: {}",
                package.name,
                files.len(),
                excuse.unwrap_or(FILES_MAX),
                files.join(", ")
            ));
        } else if excuse.is_some_and(|most| circle.len() < most) {
            findings.push(format!(
                "`{}`: {} files need each other: lower or remove its entry in xtask's list",
                package.name,
                circle.len()
            ));
        }
    }
    for (name, _) in larger {
        if !workspace.packages.iter().any(|package| package.name == *name) {
            findings.push(format!("`{name}`: it is gone: remove its entry in xtask's list"));
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
        assert!(check_with(&circle_of(3), &[]).is_empty());
        let found = check_with(&circle_of(4), &[]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("`a`: 4 files need each other, 3 at most: "), "{found:?}");
        assert!(found[0].ends_with(": crates/a/src/m0.rs, crates/a/src/m1.rs, crates/a/src/m2.rs, crates/a/src/m3.rs"));
    }

    #[test]
    fn the_list_may_only_shrink() {
        assert!(check_with(&circle_of(5), &[("a", 5)]).is_empty());
        assert_eq!(check_with(&circle_of(5), &[("a", 4)]).len(), 1, "it grew");
        assert_eq!(check_with(&circle_of(5), &[("a", 6)]).len(), 1, "it shrank");
        assert_eq!(check_with(&circle_of(5), &[("a", 5), ("gone", 4)]).len(), 1, "it is gone");
    }
}
