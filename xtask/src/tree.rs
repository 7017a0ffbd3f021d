//! Reads the workspace: its files from the disk, its packages from cargo, its history from git.

use crate::workspace::{TextFile, Workspace};
use crate::{cargo, git};
use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Directories of the root that hold nothing that people write.
const SKIPPED: [&str; 3] = [".git", "data", "target"];
/// Endings of the files that people write.
const TEXT_ENDINGS: [&str; 8] = ["html", "md", "rs", "sh", "sql", "toml", "yaml", "yml"];
/// Directories whose files are scripts, whatever their names end with.
const SCRIPT_DIRECTORIES: [&str; 2] = [".ci/", "scripts/"];
/// Files without an ending that people write.
const TEXT_NAMES: [&str; 2] = ["Dockerfile", "Makefile"];

/// Reads the tree below `root` and asks cargo.
pub(crate) fn read(root: &Path) -> Result<Workspace, Box<dyn Error>> {
    let (mut files, mut paths) = (Vec::new(), BTreeSet::new());
    collect(root, "", &mut files, &mut paths)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let (packages, external_packages) = cargo::packages(root)?;
    let (history, history_missing) = match git::history(root) {
        Ok(commits) => (commits, None),
        Err(complaint) => (Vec::new(), Some(complaint)),
    };
    Ok(Workspace {
        files,
        paths,
        packages,
        external_packages,
        domain_trees: cargo::domain_trees(root, "normal")?,
        domain_test_trees: cargo::domain_trees(root, "normal,dev,build")?,
        lock_file: fs::read_to_string(root.join("Cargo.lock"))?,
        fuzz_lock_file: fs::read_to_string(root.join("fuzz/Cargo.lock")).unwrap_or_default(),
        history,
        history_missing,
    })
}

fn collect(
    directory: &Path,
    prefix: &str,
    files: &mut Vec<TextFile>,
    paths: &mut BTreeSet<String>,
) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            if !SKIPPED.contains(&path.as_str()) {
                collect(&entry.path(), &format!("{path}/"), files, paths)?;
            }
            continue;
        }
        if is_text(&path, &name) {
            files.push(TextFile { text: fs::read_to_string(entry.path())?, path: path.clone() });
        }
        paths.insert(path);
    }
    Ok(())
}

fn is_text(path: &str, name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| TEXT_ENDINGS.contains(&ending))
        || TEXT_NAMES.contains(&name)
        || SCRIPT_DIRECTORIES.iter().any(|directory| path.starts_with(directory))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_text_and_what_they_keep_is_not() {
        for text in ["crates/kernel/src/lib.rs", "scripts/test", ".ci/run", "Makefile", "docs/guide.md"] {
            assert!(is_text(text, text.rsplit('/').next().unwrap()), "{text}");
        }
        for other in ["Cargo.lock", "crates/auth/src/common_passwords.txt", "LICENSE-MIT", "docs/page.png"] {
            assert!(!is_text(other, other.rsplit('/').next().unwrap()), "{other}");
        }
    }
}
