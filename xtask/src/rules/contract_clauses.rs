//! Every method of every port is called by a clause of the contract suites.

use crate::workspace::{TextFile, Workspace};

/// Finds methods of ports that no clause calls.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let clauses: Vec<&TextFile> =
        workspace.rust_files().filter(|file| file.path.starts_with("crates/store/src/contract")).collect();
    let ports: Vec<&TextFile> = workspace.rust_files().filter(|file| is_port(&file.path)).collect();
    let mut findings = Vec::new();
    if ports.is_empty() {
        findings.push("there is no crates/*/src/ports.rs: this rule looks in the wrong place".to_owned());
    }
    for port in ports {
        for method in port.text.lines().filter_map(method_of) {
            let call = format!(".{method}(");
            if !clauses.iter().any(|clause| clause.text.contains(&call)) {
                findings.push(format!(
                    "{}: no clause calls `{method}`: add one to its folder in crates/store/src/contract/ that fails for an \
                     adapter that breaks what the method promises",
                    port.path
                ));
            }
        }
    }
    findings
}

fn is_port(path: &str) -> bool {
    path.starts_with("crates/") && path.ends_with("/src/ports.rs")
}

/// The name of the function that a line declares.
fn method_of(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix("fn ")?.split(['(', '<']).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn port_and_clause(clause: &str) -> Workspace {
        let port = "pub trait Repository {\n    fn insert_entry(&mut self);\n    fn find_entry(\n        &mut self,\n    );\n}\n";
        let mut workspace = Workspace::with_file("crates/ledger/src/ports.rs", port);
        let path = "crates/store/src/contract/ledger/entries.rs".to_owned();
        workspace.files.push(TextFile { path, text: clause.to_owned() });
        workspace
    }

    #[test]
    fn a_method_without_a_clause_is_found() {
        let found =
            check(&port_and_clause("fn clause() { tx.insert_entry(); }\n/// Says find_entry, calls nothing.\n"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("crates/ledger/src/ports.rs: no clause calls `find_entry`"), "{found:?}");
    }

    #[test]
    fn a_tree_without_ports_is_found() {
        assert_eq!(check(&Workspace::with_file("src/ports.rs", "")).len(), 1);
    }

    #[test]
    fn a_call_is_enough() {
        assert!(check(&port_and_clause("fn clause() { tx.insert_entry(); tx\n    .find_entry(1) }")).is_empty());
    }
}
