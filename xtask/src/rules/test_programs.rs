//! The integration tests of a crate are one program: each further one is linked with all that the crate is built from.

use crate::workspace::Workspace;

/// Finds crates with several test programs.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let several = workspace.packages.iter().filter(|package| package.tests.len() > 1);
    several
        .map(|package| {
            let tests: Vec<&str> = package.tests.iter().map(String::as_str).collect();
            format!(
                "`{}` has {} test programs ({}): make modules of one `tests/main.rs` of them",
                package.name,
                tests.len(),
                tests.join(", ")
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Package;

    fn package(tests: &[&str]) -> Workspace {
        let tests = tests.iter().map(|&name| name.to_owned()).collect();
        let package = Package { name: "a".to_owned(), tests, ..Package::default() };
        Workspace { packages: vec![package], ..Workspace::default() }
    }

    #[test]
    fn a_second_test_program_is_found() {
        assert!(check(&package(&["main"])).is_empty());
        let found = check(&package(&["contract", "plans"]));
        assert_eq!(found, ["`a` has 2 test programs (contract, plans): make modules of one `tests/main.rs` of them"]);
    }
}
