//! What is fuzzed is what is built: `fuzz/` has a lock file of its own, and it holds the versions of the workspace.

use crate::workspace::Workspace;
use std::collections::{BTreeMap, BTreeSet};

/// How the lock file of `fuzz/` is written again, with nothing but what it has to add.
const ADVICE: &str = "`cp Cargo.lock fuzz/Cargo.lock && cargo update --workspace --manifest-path fuzz/Cargo.toml`";

/// Finds packages that `fuzz/` takes in another version, and crates of ours whose dependencies it does not know.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let (ours, fuzzed) = (versions_of(&workspace.lock_file), versions_of(&workspace.fuzz_lock_file));
    if fuzzed.is_empty() {
        return vec!["fuzz/Cargo.lock is not there, or is empty: this rule looks in the wrong place".to_owned()];
    }
    let both = fuzzed.iter().filter_map(|(name, versions)| Some((name, versions, ours.get(name)?)));
    let differing = both.filter(|(_, fuzzed, ours)| !fuzzed.is_subset(ours)).map(|(name, fuzzed, ours)| {
        let list = |versions: &BTreeSet<&str>| versions.iter().copied().collect::<Vec<_>>().join(", ");
        format!(
            "fuzz/Cargo.lock has `{name}` {}, the workspace has {}: {ADVICE} takes the workspace's",
            list(fuzzed),
            list(ours)
        )
    });
    let known = workspace.packages.iter().filter(|package| fuzzed.contains_key(package.name.as_str()));
    let outdated = known.filter_map(|package| {
        let missing = package.dependencies.iter().find(|name| !fuzzed.contains_key(name.as_str()))?;
        Some(format!(
            "fuzz/Cargo.lock does not know that `{}` uses `{missing}`: {ADVICE} writes it again",
            package.name
        ))
    });
    differing.chain(outdated).collect()
}

/// The versions of each package of a lock file.
fn versions_of(lock: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut name = "";
    let value = |line, key| -> Option<&str> { str::strip_prefix(line, key)?.strip_prefix(" = \"")?.strip_suffix('"') };
    for line in lock.lines() {
        if let Some(found) = value(line, "name") {
            name = found;
        } else if let Some(version) = value(line, "version") {
            versions.entry(name).or_default().insert(version);
        }
    }
    versions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Package;

    const OURS: &str = "version = 4\n\n[[package]]\nname = \"time\"\nversion = \"1.2.0\"\n\n[[package]]\nname = \"time\"\n\
                        version = \"2.0.0\"\n";

    fn fuzzed(lock: &str) -> Workspace {
        Workspace { lock_file: OURS.to_owned(), fuzz_lock_file: lock.to_owned(), ..Workspace::default() }
    }

    #[test]
    fn another_version_is_found() {
        let found = check(&fuzzed("[[package]]\nname = \"time\"\nversion = \"1.1.0\"\n"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("fuzz/Cargo.lock has `time` 1.1.0, the workspace has 1.2.0, 2.0.0: "),
            "{found:?}"
        );
    }

    #[test]
    fn a_new_dependency_of_a_crate_of_ours_is_found() {
        let lock = "[[package]]\nname = \"ledger\"\nversion = \"0.1.0\"\n";
        let uses = |name: &str| Package {
            name: "ledger".to_owned(),
            dependencies: BTreeSet::from([name.to_owned()]),
            ..Package::default()
        };
        let found = check(&Workspace { packages: vec![uses("notes")], ..fuzzed(lock) });
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("fuzz/Cargo.lock does not know that `ledger` uses `notes`: "), "{found:?}");
        assert!(check(&Workspace { packages: vec![uses("ledger")], ..fuzzed(lock) }).is_empty());
    }

    #[test]
    fn a_lock_file_that_is_gone_is_found() {
        assert_eq!(check(&fuzzed("")).len(), 1);
    }

    #[test]
    fn the_same_versions_and_what_only_fuzzing_needs_pass() {
        let lock = "[[package]]\nname = \"time\"\nversion = \"2.0.0\"\n\n[[package]]\nname = \"libfuzzer-sys\"\nversion = \"0.4.13\"\n";
        assert!(check(&fuzzed(lock)).is_empty());
    }
}
