//! The direct dependencies of every crate are those that the table in ARCHITECTURE.md allows, no more and no fewer.

use crate::workspace::{Package, Workspace};
use std::collections::{BTreeMap, BTreeSet};

const DOCUMENT: &str = "ARCHITECTURE.md";
const HEADING: &str = "## Dependencies";

/// What a row of the table allows.
#[derive(Debug, Default, PartialEq, Eq)]
struct Allowed {
    dependencies: BTreeSet<String>,
    dev_dependencies: BTreeSet<String>,
}

/// Compares every package with its row.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let table = read_table(workspace.text_of(DOCUMENT));
    let mut findings = Vec::new();
    for package in &workspace.packages {
        match table.get(&package.name) {
            Some(allowed) => findings.extend(compare(package, allowed)),
            None => findings.push(format!(
                "`{}` has no row in the table under \"{HEADING}\" of {DOCUMENT}: add one that names what it may use",
                package.name
            )),
        }
    }
    let names: BTreeSet<&str> = workspace.packages.iter().map(|package| package.name.as_str()).collect();
    findings.extend(
        table.keys().filter(|name| !names.contains(name.as_str())).map(|name| {
            format!("{DOCUMENT} has a row for `{name}`, which is no crate of the workspace: remove the row")
        }),
    );
    findings
}

fn compare(package: &Package, allowed: &Allowed) -> Vec<String> {
    let kinds = [
        ("", &package.dependencies, &allowed.dependencies),
        (" in its tests", &package.dev_dependencies, &allowed.dev_dependencies),
    ];
    let mut findings = Vec::new();
    for (place, used, allowed) in kinds {
        for name in used.difference(allowed) {
            findings.push(format!(
                "`{}` uses `{name}`{place}, which its row in {DOCUMENT} does not allow: do without it, or allow it \
                 there if it does not turn an arrow round",
                package.name
            ));
        }
        for name in allowed.difference(used) {
            findings.push(format!(
                "`{}` does not use `{name}`{place}, which its row in {DOCUMENT} allows: take it off the row",
                package.name
            ));
        }
    }
    findings
}

/// Reads the rows between the heading and the next one: crate, crates of Ease, others, only in tests.
fn read_table(document: &str) -> BTreeMap<String, Allowed> {
    let section = document.lines().skip_while(|line| *line != HEADING).skip(1);
    let rows = section.take_while(|line| !line.starts_with("## ")).filter(|line| line.starts_with("| `"));
    rows.filter_map(|row| {
        let mut cells = row.trim_matches('|').split('|').map(names_in);
        let name = cells.next()?.into_iter().next()?;
        let mut dependencies = cells.next()?;
        dependencies.extend(cells.next()?);
        Some((name, Allowed { dependencies, dev_dependencies: cells.next()? }))
    })
    .collect()
}

/// The words between backticks.
fn names_in(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# Map\n\n## Dependencies\n\n| Crate | Ease | Others | Tests |\n|---|---|---|---|\n\
                         | `ledger` | `kernel` | `thiserror` | `proptest` |\n\n## Next\n\n| `not` | | | |\n";

    fn ledger(dependencies: &[&str], dev_dependencies: &[&str]) -> Workspace {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Workspace {
            packages: vec![Package {
                name: "ledger".to_owned(),
                dependencies: owned(dependencies),
                dev_dependencies: owned(dev_dependencies),
                ..Package::default()
            }],
            ..Workspace::with_file(DOCUMENT, TABLE)
        }
    }

    #[test]
    fn the_row_is_the_whole_truth() {
        assert!(check(&ledger(&["kernel", "thiserror"], &["proptest"])).is_empty());
    }

    #[test]
    fn a_dependency_that_the_row_does_not_allow_is_found() {
        let found = check(&ledger(&["kernel", "thiserror", "diesel"], &["proptest", "tempfile"]));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("uses `diesel`, which"), "{found:?}");
        assert!(found[1].contains("uses `tempfile` in its tests"), "{found:?}");
    }

    #[test]
    fn a_row_that_allows_too_much_is_found() {
        let found = check(&ledger(&["kernel"], &["proptest"]));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("does not use `thiserror`"), "{found:?}");
    }

    #[test]
    fn a_crate_without_a_row_and_a_row_without_a_crate_are_found() {
        let mut workspace = ledger(&[], &[]);
        workspace.packages[0].name = "new".to_owned();
        let found = check(&workspace);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("`new` has no row"), "{found:?}");
        assert!(found[1].contains("row for `ledger`"), "{found:?}");
    }
}
