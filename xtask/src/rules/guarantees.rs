//! The page of guarantees names tests that exist.

use crate::workspace::Workspace;

const PAGE: &str = "docs/guarantees.md";

/// Looks up every test that the last column of the page's tables names.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let Some(page) = workspace.files.iter().find(|file| file.path == PAGE) else {
        return vec![format!("there is no {PAGE}: this rule looks in the wrong place")];
    };
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(page.text.lines()) {
        for test in tests_in(line) {
            let definition = format!("fn {test}(");
            if !workspace.rust_files().any(|file| file.text.contains(&definition)) {
                findings.push(format!("{PAGE}:{number}: there is no test `{test}`: name what would notice now"));
            }
        }
    }
    findings
}

/// The names of tests in the last cell of a row; a path or a command has other signs in it.
fn tests_in(line: &str) -> impl Iterator<Item = &str> {
    let cell = line.strip_prefix('|').and_then(|row| row.trim_end_matches('|').rsplit('|').next()).unwrap_or_default();
    cell.split('`')
        .skip(1)
        .step_by(2)
        .filter(|text| text.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::TextFile;

    fn with_test(row: &str) -> Workspace {
        let mut workspace = Workspace::with_file(PAGE, row);
        let text = "    fn money_is_exact() {}\n".to_owned();
        workspace.files.push(TextFile { path: "tests/a.rs".to_owned(), text });
        workspace
    }

    #[test]
    fn a_test_that_is_gone_is_found() {
        let found = check(&with_test("| Promise | `where` | `money_is_exact`, `money_is`, `tests/a.rs`, `make ci` |"));
        assert_eq!(found, ["docs/guarantees.md:1: there is no test `money_is`: name what would notice now"]);
    }

    #[test]
    fn a_page_that_is_gone_is_found() {
        assert_eq!(check(&Workspace::with_file("docs/a.md", "")).len(), 1);
    }
}
