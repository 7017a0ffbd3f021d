//! Every Rust file is part of a program or a library: none is forgotten by its parent, where nobody would miss it.

use crate::workspace::Workspace;

/// Finds files that the file above them does not declare.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let mut findings = Vec::new();
    for file in workspace.rust_files() {
        let Some((module, parents)) = place_of(&file.path) else { continue };
        let mut declarations = parents.iter().map(|parent| workspace.text_of(parent)).filter(|text| !text.is_empty());
        let is_forgotten = |text: &str| !text.lines().any(|line| declares(line, module));
        // Without any file above it, it is a program of its own.
        if declarations.next().is_some_and(is_forgotten) {
            findings.push(format!(
                "{}: nothing declares it: add `mod {module};` to {}",
                file.path,
                parents.join(" or ")
            ));
        }
    }
    findings
}

/// The name of a file as a module, and the files one of which declares it; `None` for a file that cargo knows by name.
fn place_of(path: &str) -> Option<(&str, Vec<String>)> {
    let (directory, file) = path.rsplit_once('/')?;
    let (directory, module) = match file.strip_suffix(".rs")? {
        "lib" | "main" | "build" => return None,
        "mod" => directory.rsplit_once('/')?,
        module => (directory, module),
    };
    let inside = ["mod", "lib", "main"].map(|parent| format!("{directory}/{parent}.rs"));
    Some((module, inside.into_iter().chain([format!("{directory}.rs")]).collect()))
}

/// Whether a line is the declaration of this module, whoever may see it.
fn declares(line: &str, module: &str) -> bool {
    line.split_once("mod ").is_some_and(|(before, after)| {
        (before.is_empty() || before.trim_start().starts_with("pub")) && after.strip_suffix(';') == Some(module)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::TextFile;

    fn tree(files: &[(&str, &str)]) -> Workspace {
        let file = |&(path, text): &(&str, &str)| TextFile { path: path.to_owned(), text: text.to_owned() };
        Workspace { files: files.iter().map(file).collect(), ..Workspace::default() }
    }

    #[test]
    fn a_file_that_its_parent_forgets_is_found() {
        for parent in ["a/tests/main.rs", "a/tests/mod.rs", "a/tests.rs"] {
            let found = check(&tree(&[(parent, "mod races;\n"), ("a/tests/races.rs", "x"), ("a/tests/plans.rs", "x")]));
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].starts_with("a/tests/plans.rs: nothing declares it: add `mod plans;`"), "{found:?}");
        }
        let folder = check(&tree(&[("a/src/lib.rs", "mod other;\n"), ("a/src/ledger/mod.rs", "x")]));
        assert_eq!(folder.len(), 1, "{folder:?}");
    }

    #[test]
    fn what_is_declared_and_what_stands_alone_passes() {
        let declared = [("a/src/lib.rs", "pub(crate) mod ledger;\npub mod users;\n"), ("a/src/ledger/mod.rs", "x")];
        assert!(check(&tree(&declared)).is_empty());
        assert!(check(&tree(&[("a/tests/one.rs", "x"), ("a/tests/two.rs", "x")])).is_empty());
    }
}
