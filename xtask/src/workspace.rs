//! The workspace as the rules see it: the text files of the tree, and what cargo knows of its packages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

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
    /// The lock file of the workspace.
    pub(crate) lock_file: String,
    /// The lock file of `fuzz/`; empty when there is none.
    pub(crate) fuzz_lock_file: String,
    /// The commits that led here, oldest first, merges aside.
    pub(crate) history: Vec<Commit>,
    /// Why there is no history, when there is none.
    pub(crate) history_missing: Option<String>,
}

/// A commit of the history.
#[derive(Debug)]
pub(crate) struct Commit {
    /// Its hash.
    pub(crate) id: String,
    /// The first line of its message.
    pub(crate) subject: String,
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
    /// The name of its library in code; empty for a program.
    pub(crate) library: String,
    /// The programs that its integration tests are linked into.
    pub(crate) tests: BTreeSet<String>,
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
