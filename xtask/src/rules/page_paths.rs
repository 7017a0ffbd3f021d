//! Pages link to files that exist, and name paths that exist.

use crate::workspace::Workspace;
use std::path::Path;

/// Where a path of this tree begins when a page names it between backticks.
const STARTS: [&str; 7] = [".ci/", "crates/", "docs/", "migrations/", "scripts/", "tests/", "xtask/"];

/// Looks up every link and every path of every page.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let pages = workspace.files.iter().filter(|file| Path::new(&file.path).extension().is_some_and(|end| end == "md"));
    let mut findings = Vec::new();
    for page in pages {
        for (number, line) in (1..).zip(page.text.lines()) {
            let links = links_in(line).filter_map(|link| resolve(&page.path, link));
            let named = line.split('`').skip(1).step_by(2).filter(|text| is_path(text)).map(str::to_owned);
            for path in links.chain(named).filter(|path| !exists(workspace, path)) {
                findings.push(format!("{}:{number}: there is no `{path}`: name what is there now", page.path));
            }
        }
    }
    findings
}

/// The targets of the links of a line.
fn links_in(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

/// The path in the tree that a link of a page leads to; `None` when it leads elsewhere.
fn resolve(page: &str, link: &str) -> Option<String> {
    let link = link.split('#').next().filter(|link| !link.is_empty() && !link.contains(':'))?;
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => (),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether a text between backticks is a path, and not a pattern or a command.
fn is_path(text: &str) -> bool {
    STARTS.iter().any(|start| text.starts_with(start)) && !text.contains(['<', '*', ' ', '{'])
}

fn exists(workspace: &Workspace, path: &str) -> bool {
    let directory = format!("{}/", path.trim_end_matches('/'));
    workspace.paths.contains(path) || workspace.paths.iter().any(|known| known.starts_with(&directory))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_nothing_is_found() {
        let found = check(&Workspace::with_file("docs/a.md", "See [the map](../MAP.md), [this](a.md#top)."));
        assert_eq!(found, ["docs/a.md:1: there is no `MAP.md`: name what is there now"]);
    }

    #[test]
    fn a_path_to_nothing_is_found() {
        let page = "`crates/gone/src/lib.rs` `docs/` `docs/a.md` `crates/<noun>/x.rs` `tests/ and more`";
        let found = check(&Workspace::with_file("docs/a.md", page));
        assert_eq!(found, ["docs/a.md:1: there is no `crates/gone/src/lib.rs`: name what is there now"]);
    }

    #[test]
    fn other_places_are_none_of_its_business() {
        assert!(check(&Workspace::with_file("a.md", "[x](https://example.org/x) [y](#here)")).is_empty());
    }
}
