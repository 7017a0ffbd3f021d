//! Pages that say what holds name the tests that would notice.

use crate::workspace::Workspace;

/// Pages whose tables end with a column of tests.
const PAGES: [&str; 2] = ["docs/guarantees.md", "docs/quirks.md"];

/// Looks up every test that the last column of each page's tables names, and finds rows that name nothing.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    PAGES.into_iter().flat_map(|page| check_page(workspace, page)).collect()
}

fn check_page(workspace: &Workspace, path: &str) -> Vec<String> {
    let Some(page) = workspace.files.iter().find(|file| file.path == path) else {
        return vec![format!("there is no {path}: this rule looks in the wrong place")];
    };
    let lines: Vec<&str> = page.text.lines().collect();
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(&lines) {
        let Some(cell) = last_cell(line).filter(|_| !is_head(&lines, number)) else { continue };
        let mut names = quoted(cell).peekable();
        if names.peek().is_none() {
            findings.push(format!("{path}:{number}: this row names no test: write one, and name it here"));
        }
        for test in names.filter(|name| is_identifier(name)) {
            let definition = format!("fn {test}(");
            if !workspace.rust_files().any(|file| file.text.contains(&definition)) {
                findings.push(format!("{path}:{number}: there is no test `{test}`: name what would notice now"));
            }
        }
    }
    findings
}

/// What stands in the last column, if the line is a row of a table.
fn last_cell(line: &str) -> Option<&str> {
    line.strip_prefix('|')?.trim_end().trim_end_matches('|').rsplit('|').next()
}

/// Whether a line, counted from 1, is the head of a table, or the rule below it.
fn is_head(lines: &[&str], number: usize) -> bool {
    let is_rule = |line: Option<&&str>| line.is_some_and(|line| line.starts_with("|-") || line.starts_with("| -"));
    is_rule(lines.get(number)) || is_rule(lines.get(number - 1))
}

/// The texts between backticks.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// Whether a text can be the name of a function; a path or a command has other characters in it.
fn is_identifier(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::TextFile;

    const TABLE: &str = "| Promise | Where | Noticed by |\n|---|---|---|\n";

    fn findings(page: &str) -> Vec<String> {
        let mut workspace = Workspace::with_file("docs/quirks.md", &format!("{TABLE}{page}"));
        let text = "    fn money_is_exact() {}\n".to_owned();
        workspace.files.push(TextFile { path: "tests/a.rs".to_owned(), text });
        check_page(&workspace, "docs/quirks.md")
    }

    #[test]
    fn a_test_that_is_gone_is_found() {
        let found = findings("| Promise | `where` | `money_is_exact`, `money_is`, `tests/a.rs`, `make ci` |\n");
        assert_eq!(found, ["docs/quirks.md:3: there is no test `money_is`: name what would notice now"]);
    }

    #[test]
    fn a_row_without_a_test_is_found() {
        let found = findings("| Promise | `where` | the compiler |\n| Promise | where | `make ci` |\n");
        assert_eq!(found, ["docs/quirks.md:3: this row names no test: write one, and name it here"]);
    }

    #[test]
    fn each_page_that_is_gone_is_found() {
        assert_eq!(check(&Workspace::with_file("docs/a.md", "")).len(), PAGES.len());
    }
}
