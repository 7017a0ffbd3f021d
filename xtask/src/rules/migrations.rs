//! Both engines are migrated by the same steps, each with its way back.

use crate::workspace::Workspace;
use std::collections::BTreeSet;

const ENGINES: [&str; 2] = ["postgres", "sqlite"];

/// Finds steps that one engine has and the other has not, and files that are missing from a step.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let paths: BTreeSet<&str> = workspace.files.iter().map(|file| file.path.as_str()).collect();
    let steps: BTreeSet<&str> = paths
        .iter()
        .filter_map(|path| path.strip_prefix("migrations/")?.split_once('/'))
        .filter_map(|(_, rest)| rest.split_once('/').map(|(step, _)| step))
        .collect();
    let mut findings = Vec::new();
    if steps.is_empty() {
        findings.push("there is no step below migrations/: this rule looks in the wrong place".to_owned());
    }
    for step in steps {
        for engine in ENGINES {
            for file in ["up.sql", "down.sql"] {
                let path = format!("migrations/{engine}/{step}/{file}");
                if !paths.contains(path.as_str()) {
                    findings.push(format!("{path} is missing: both engines take every step, forth and back"));
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::TextFile;

    fn tree(paths: &[&str]) -> Workspace {
        let files = paths.iter().map(|&path| TextFile { path: path.to_owned(), text: String::new() }).collect();
        Workspace { files, ..Workspace::default() }
    }

    #[test]
    fn a_step_of_one_engine_alone_is_found() {
        let found = check(&tree(&[
            "migrations/postgres/0001_users/up.sql",
            "migrations/postgres/0001_users/down.sql",
            "migrations/sqlite/0001_users/up.sql",
        ]));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("migrations/sqlite/0001_users/down.sql is missing"), "{found:?}");
    }

    #[test]
    fn a_tree_without_steps_is_found() {
        assert_eq!(check(&tree(&["db/postgres/0001_users/up.sql"])).len(), 1);
    }

    #[test]
    fn equal_trees_pass() {
        let steps = ["migrations/postgres/0001_users/", "migrations/sqlite/0001_users/"];
        let paths: Vec<String> =
            steps.iter().flat_map(|step| [format!("{step}up.sql"), format!("{step}down.sql")]).collect();
        assert!(check(&tree(&paths.iter().map(String::as_str).collect::<Vec<_>>())).is_empty());
    }
}
