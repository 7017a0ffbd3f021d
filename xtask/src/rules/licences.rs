//! Other people's crates come from crates.io, under licences that go together with ours.

use crate::workspace::Workspace;

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// The licences that each ask for no more than their text and a name.
const ALLOWED: [&str; 11] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "PostgreSQL",
    "Unicode-3.0",
    "Zlib",
];

/// Looks at the licence and the source of every package that is not ours.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let mut findings = Vec::new();
    for package in &workspace.external_packages {
        if !is_allowed(&package.licence) {
            findings.push(format!(
                "`{}` is licensed `{}`: use another crate, or, if the licence goes together with MIT and Apache-2.0, \
                 add it to the lists in xtask and deny.toml",
                package.name, package.licence
            ));
        }
        if package.source != CRATES_IO {
            findings.push(format!(
                "`{}` comes from {}: use a release from crates.io, so that the lock file fixes what it is",
                package.name, package.source
            ));
        }
    }
    findings
}

/// Whether an SPDX expression can be fulfilled with allowed licences alone. Old manifests write a slash for OR.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    let allowed = any_of(&mut words);
    allowed && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Words<'_>) -> bool {
    let mut allowed = all_of(words);
    while words.next_if_eq(&"OR").is_some() {
        allowed |= all_of(words);
    }
    allowed
}

fn all_of(words: &mut Words<'_>) -> bool {
    let mut allowed = one(words);
    while words.next_if_eq(&"AND").is_some() {
        allowed &= one(words);
    }
    allowed
}

fn one(words: &mut Words<'_>) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let allowed = any_of(words);
        return words.next_if_eq(&")").is_some() && allowed;
    }
    let allowed = words.next().is_some_and(|licence| ALLOWED.contains(&licence));
    // An exception gives more rights than the licence, never fewer.
    if words.next_if_eq(&"WITH").is_some() {
        return words.next().is_some() && allowed;
    }
    allowed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::ExternalPackage;

    fn package(licence: &str, source: &str) -> Workspace {
        let package = ExternalPackage { name: "x".to_owned(), licence: licence.to_owned(), source: source.to_owned() };
        Workspace { external_packages: vec![package], ..Workspace::default() }
    }

    #[test]
    fn licences_that_ask_for_more_are_found() {
        for licence in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "", "(MIT OR Apache-2.0", "MIT Apache-2.0"] {
            assert_eq!(check(&package(licence, CRATES_IO)).len(), 1, "{licence}");
        }
    }

    #[test]
    fn one_good_choice_is_enough() {
        for licence in [
            "MIT",
            "MIT/Apache-2.0",
            "Unlicense OR MIT",
            "GPL-3.0-only OR MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
        ] {
            assert!(check(&package(licence, CRATES_IO)).is_empty(), "{licence}");
        }
    }

    #[test]
    fn a_crate_from_elsewhere_is_found() {
        let found = check(&package("MIT", "git+https://example.org/x"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("comes from git+https://example.org/x"), "{found:?}");
    }
}
