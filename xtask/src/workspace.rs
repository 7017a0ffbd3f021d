//! The workspace as the rules see it: the text files of the tree, and what cargo knows of its packages.

use crate::cargo;
use std::collections::{BTreeMap, BTreeSet};
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

/// All that rules look at.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    /// Every text file, by path.
    pub(crate) files: Vec<TextFile>,
    /// The path of every file, whatever is in it.
    pub(crate) paths: BTreeSet<String>,
    /// The workspace's own packages.
    pub(crate) packages: Vec<Package>,
    /// Everybody else's packages in the build for this platform.
    pub(crate) external_packages: Vec<ExternalPackage>,
    /// For each domain crate, all that it is built from outside of tests, with the features that it asks for.
    pub(crate) domain_trees: BTreeMap<String, BTreeSet<String>>,
    /// For each domain crate, all that it and its tests are built from.
    pub(crate) domain_test_trees: BTreeMap<String, BTreeSet<String>>,
}

/// A file of the tree.
#[derive(Debug)]
pub(crate) struct TextFile {
    /// Relative to the root, with slashes.
    pub(crate) path: String,
    /// What is in it.
    pub(crate) text: String,
}

impl TextFile {
    /// Whether it is a Rust file.
    pub(crate) fn is_rust(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|ending| ending == "rs")
    }
}

/// A package of the workspace.
#[derive(Debug, Default)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// The directory of its manifest, relative to the root.
    pub(crate) directory: String,
    /// What it is built from, build scripts included.
    pub(crate) dependencies: BTreeSet<String>,
    /// What only its tests use.
    pub(crate) dev_dependencies: BTreeSet<String>,
}

/// A package of somebody else.
#[derive(Debug, Default)]
pub(crate) struct ExternalPackage {
    /// Its name.
    pub(crate) name: String,
    /// Its licence as an SPDX expression, empty when it names none.
    pub(crate) licence: String,
    /// Where it comes from.
    pub(crate) source: String,
}

impl Workspace {
    /// Reads the tree below `root` and asks cargo.
    pub(crate) fn read(root: &Path) -> Result<Self, Box<dyn Error>> {
        let (mut files, mut paths) = (Vec::new(), BTreeSet::new());
        collect(root, "", &mut files, &mut paths)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let (packages, external_packages) = cargo::packages(root)?;
        let domain_trees = cargo::domain_trees(root, "normal")?;
        let domain_test_trees = cargo::domain_trees(root, "normal,dev,build")?;
        Ok(Self { files, paths, packages, external_packages, domain_trees, domain_test_trees })
    }

    /// The Rust files.
    pub(crate) fn rust_files(&self) -> impl Iterator<Item = &TextFile> {
        self.files.iter().filter(|file| file.is_rust())
    }

    /// The text of a file, empty when it is not there.
    pub(crate) fn text_of(&self, path: &str) -> &str {
        self.files.iter().find(|file| file.path == path).map_or("", |file| file.text.as_str())
    }

    /// A workspace of one file.
    #[cfg(test)]
    pub(crate) fn with_file(path: &str, text: &str) -> Self {
        let file = TextFile { path: path.to_owned(), text: text.to_owned() };
        Self { files: vec![file], paths: BTreeSet::from([path.to_owned()]), ..Self::default() }
    }
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
