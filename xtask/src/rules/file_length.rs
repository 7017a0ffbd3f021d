//! Rust files stay short enough to be read at once.

use crate::workspace::Workspace;

/// The most lines of a file.
const LINES_MAX: usize = 400;

/// Files that are longer, with the lines that they may have. The list may only shrink, and so may its numbers.
const LONGER: &[(&str, usize)] = &[];

/// Finds files that are too long, and entries of the list that are no longer needed.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    check_with(workspace, LONGER)
}

fn check_with(workspace: &Workspace, longer: &[(&str, usize)]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in workspace.rust_files() {
        let lines = file.text.lines().count();
        let excuse = longer.iter().find(|(path, _)| *path == file.path).map(|(_, lines)| *lines);
        if lines > excuse.unwrap_or(LINES_MAX) {
            findings.push(format!(
                "{}: {lines} lines, {} at most: move one thing of it into a file of its own",
                file.path,
                excuse.unwrap_or(LINES_MAX)
            ));
        } else if excuse.is_some_and(|most| lines < most) {
            findings.push(format!("{}: {lines} lines: lower or remove its entry in xtask's list", file.path));
        }
    }
    for (path, _) in longer {
        if workspace.text_of(path).is_empty() {
            findings.push(format!("{path}: it is gone: remove its entry in xtask's list"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_too_long_is_found() {
        assert!(check(&Workspace::with_file("a.rs", &"x\n".repeat(LINES_MAX))).is_empty());
        let found = check(&Workspace::with_file("a.rs", &"x\n".repeat(LINES_MAX + 1)));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("a.rs: 401 lines, 400 at most"), "{found:?}");
    }

    #[test]
    fn the_list_may_only_shrink() {
        let workspace = Workspace::with_file("a.rs", &"x\n".repeat(450));
        assert!(check_with(&workspace, &[("a.rs", 450)]).is_empty());
        assert_eq!(check_with(&workspace, &[("a.rs", 449)]).len(), 1, "it grew");
        assert_eq!(check_with(&workspace, &[("a.rs", 451)]).len(), 1, "it shrank");
        assert_eq!(check_with(&workspace, &[("a.rs", 450), ("gone.rs", 500)]).len(), 1, "it is gone");
    }
}
