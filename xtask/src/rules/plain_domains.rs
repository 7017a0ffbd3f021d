//! Domains know no database, no server, no runtime and no wire format, not even by way of somebody else's crate. Their tests
//! build no database and no C, so that they take seconds.

use crate::workspace::Workspace;

/// The domain crates, with what holds and what keeps all of them, and what each may have for a reason of its own.
pub(crate) const DOMAINS: [(&str, &[&str]); 11] = [
    ("kernel", &[]),
    ("audit", &[]),
    ("users", &[]),
    ("categories", &[]),
    ("ledger", &[]),
    ("chat", &[]),
    ("idempotency", &[]),
    ("auth", TOKENS_AND_SECRETS),
    ("accounts", TOKENS_AND_SECRETS),
    ("store", TOKENS_AND_SECRETS),
    ("memory", TOKENS_AND_SECRETS),
];

/// Tokens are JSON, and secrets are random.
const TOKENS_AND_SECRETS: &[&str] = &["getrandom", "serde", "serde_core", "serde_derive", "serde_json"];

/// Crates that are a database, a server, a runtime, a wire format or a source of randomness, or begin like one.
const FORBIDDEN: [&str; 8] = ["actix-", "diesel", "getrandom", "libsqlite3-sys", "pq-sys", "r2d2", "serde", "tokio"];

/// Looks for what no domain may be built from.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let mut findings = Vec::new();
    for (domain, excused) in DOMAINS {
        for name in workspace.domain_trees.get(domain).into_iter().flatten() {
            let forbidden = FORBIDDEN.iter().any(|start| name.starts_with(start));
            if forbidden && !excused.contains(&name.as_str()) {
                findings.push(format!(
                    "`{domain}` is built from `{name}` (`cargo tree -p {domain} -e normal -i {name}` says by which \
                     way): give the domain a port or a value instead, and keep `{name}` in an outer crate"
                ));
            }
        }
        for name in workspace.domain_test_trees.get(domain).into_iter().flatten() {
            if name.starts_with("diesel") || name.ends_with("-sys") {
                findings.push(format!(
                    "`cargo test -p {domain}` builds `{name}` (`cargo tree -p {domain} -e normal,dev,build -i {name}` \
                     says by which way): test against `memory::MemoryStore`, and what only a database can do in \
                     `persistence`"
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn built_from(domain: &str, names: &[&str]) -> Workspace {
        let names = names.iter().map(|&name| name.to_owned()).collect();
        Workspace { domain_trees: BTreeMap::from([(domain.to_owned(), names)]), ..Workspace::default() }
    }

    #[test]
    fn a_domain_that_pulls_in_a_database_a_runtime_or_a_format_is_found() {
        for name in ["diesel", "tokio", "actix-web", "serde_core", "getrandom"] {
            let found = check(&built_from("ledger", &["kernel", name]));
            assert_eq!(found.len(), 1, "{name}: {found:?}");
            assert!(found[0].contains(&format!("`ledger` is built from `{name}`")), "{found:?}");
        }
    }

    #[test]
    fn a_test_that_builds_a_database_or_c_is_found() {
        for name in ["diesel", "diesel_migrations", "libsqlite3-sys", "pq-sys"] {
            let Workspace { domain_trees, .. } = built_from("ledger", &["kernel", "memory", name]);
            let found = check(&Workspace { domain_test_trees: domain_trees, ..Workspace::default() });
            assert_eq!(found.len(), 1, "{name}: {found:?}");
            assert!(found[0].starts_with(&format!("`cargo test -p ledger` builds `{name}`")), "{found:?}");
        }
    }

    #[test]
    fn tokens_may_be_json_but_nothing_more() {
        assert!(check(&built_from("auth", &["serde", "serde_json"])).is_empty());
        assert_eq!(check(&built_from("auth", &["serde_urlencoded", "tokio"])).len(), 2);
    }
}
