//! Every crate under `crates` has a README, which a library's documentation begins with: what it is for, an example that
//! runs, and the `[dependencies]` of that example. Nobody builds on a program, so one needs no example.

use crate::workspace::{Package, Workspace};
use std::collections::BTreeMap;

/// Finds crates without a README, libraries that do not show theirs, and READMEs that nobody could build by.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let crates = workspace.packages.iter().filter(|package| package.directory.starts_with("crates/"));
    crates.flat_map(|package| check_crate(workspace, package)).collect()
}

fn check_crate(workspace: &Workspace, package: &Package) -> Vec<String> {
    let directory = &package.directory;
    let readme = workspace.text_of(&format!("{directory}/README.md"));
    let mut findings = Vec::new();
    if readme.lines().count() < 3 {
        findings.push(format!("{directory}/README.md: say what the crate is for and what it does not know"));
    }
    if !package.library.is_empty() {
        let library = workspace.text_of(&format!("{directory}/src/lib.rs"));
        if !library.contains("include_str!(\"../README.md\")") {
            findings.push(format!(
                "{directory}/src/lib.rs: begin with `#![doc = include_str!(\"../README.md\")]`, so that there is one \
                 introduction and its example runs"
            ));
        }
        findings.extend(check_example(workspace, package, readme));
    }
    findings
}

/// Compares the README's example with the dependencies that it names.
fn check_example(workspace: &Workspace, package: &Package, readme: &str) -> Vec<String> {
    let Package { library, directory, .. } = package;
    let blocks = blocks_of(readme);
    let example: String = blocks.iter().filter(|block| block.runs()).map(|block| block.text.as_str()).collect();
    if !uses(&example, library) {
        return vec![format!("{directory}/README.md: show what the crate does, in a Rust block that runs as a test")];
    }
    let Some(dependencies) = blocks.iter().find(|block| block.is_dependencies()) else {
        return vec![format!(
            "{directory}/README.md: show what the example is built with, in a block ```toml that begins with \
             `[dependencies]`"
        )];
    };
    let named: BTreeMap<&str, &str> = dependencies.text.lines().filter_map(|line| line.split_once(" = ")).collect();
    let ours = workspace.packages.iter().filter(|other| uses(&example, &other.library));
    let missing = ours.filter_map(|Package { library, directory: there, .. }| match named.get(library.as_str()) {
        Some(source) if source.contains(&format!("\"ease/{there}\"")) => None,
        Some(_) => {
            Some(format!("{directory}/README.md: `{library}` is in \"ease/{there}\": say so in its `[dependencies]`"))
        }
        None => {
            Some(format!("{directory}/README.md: the example uses `{library}`, which its `[dependencies]` do not name"))
        }
    });
    let unused = named.keys().filter(|name| !uses(&example, name)).map(|name| {
        format!("{directory}/README.md: the example does not use `{name}`, which its `[dependencies]` name")
    });
    missing.chain(unused).collect()
}

/// Whether code names something of a crate.
fn uses(code: &str, name: &str) -> bool {
    if name.is_empty() {
        return false;
    }
    let path = format!("{}::", name.replace('-', "_"));
    code.match_indices(&path).any(|(at, _)| {
        let before = code.get(..at).and_then(|text| text.chars().next_back());
        before.is_none_or(|sign| !sign.is_alphanumeric() && sign != '_' && sign != ':')
    })
}

/// What stands between two fences.
#[derive(Debug, Default)]
struct Block {
    /// What stands behind the first fence.
    language: String,
    text: String,
}

impl Block {
    /// Whether rustdoc runs it as a test.
    fn runs(&self) -> bool {
        matches!(self.language.as_str(), "" | "rust")
    }

    fn is_dependencies(&self) -> bool {
        self.language == "toml" && self.text.starts_with("[dependencies]\n")
    }
}

fn blocks_of(page: &str) -> Vec<Block> {
    let (mut blocks, mut open) = (Vec::new(), None);
    for line in page.lines() {
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(language), None) => open = Some(Block { language: language.to_owned(), text: String::new() }),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => (),
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::TextFile;

    const A: &str = "a = { path = \"ease/crates/a\" }";
    const LIBRARY: &str = "#![doc = include_str!(\"../README.md\")]\n";

    fn package(library: &str, readme: &str) -> Workspace {
        let named = |name: &str| Package {
            name: format!("the-{name}"),
            library: name.to_owned(),
            directory: format!("crates/{name}"),
            ..Package::default()
        };
        let mut workspace = Workspace::with_file("crates/a/src/lib.rs", library);
        workspace.files.push(TextFile { path: "crates/a/README.md".to_owned(), text: readme.to_owned() });
        workspace
            .files
            .push(TextFile { path: "crates/main/README.md".to_owned(), text: "# main\n\nRuns.\n".to_owned() });
        let program = Package { library: String::new(), ..named("main") };
        let other = Package { directory: "bench".to_owned(), ..named("b") };
        workspace.packages = vec![named("a"), other, program];
        workspace
    }

    fn readme(example: &str, dependencies: &str) -> String {
        format!("# a\n\nFor that.\n\n```rust\n{example}\n```\n\n```toml\n[dependencies]\n{dependencies}\n```\n")
    }

    #[test]
    fn a_crate_without_a_readme_and_a_library_that_does_not_show_it_are_found() {
        let found = check(&package("//! A.\n", ""));
        assert!(found[0].starts_with("crates/a/README.md: say what"), "{found:?}");
        assert!(found[1].starts_with("crates/a/src/lib.rs: begin with"), "{found:?}");
    }

    #[test]
    fn a_crate_without_an_example_that_runs_is_found() {
        for page in ["# a\n\nFor that.\n", "# a\n\n```sh\na::run();\n```\n", "# a\n\n```rust,no_run\na::run();\n```\n"]
        {
            let found = check(&package(LIBRARY, page));
            assert_eq!(found.len(), 1, "{page}: {found:?}");
            assert!(found[0].starts_with("crates/a/README.md: show what the crate does"), "{found:?}");
        }
    }

    #[test]
    fn an_example_without_its_dependencies_is_found() {
        let found = check(&package(LIBRARY, "# a\n\nFor that.\n\n```\na::run();\n```\n"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("show what the example is built with"), "{found:?}");
        let found = check(&package(LIBRARY, &readme("a::run(b::B);", A)));
        assert_eq!(found, ["crates/a/README.md: the example uses `b`, which its `[dependencies]` do not name"]);
        let found = check(&package(LIBRARY, &readme("a::run();", &format!("{A}\nb = 1"))));
        assert_eq!(found, ["crates/a/README.md: the example does not use `b`, which its `[dependencies]` name"]);
        let found = check(&package(LIBRARY, &readme("a::run();", "a = { path = \"../a\" }")));
        assert_eq!(found, ["crates/a/README.md: `a` is in \"ease/crates/a\": say so in its `[dependencies]`"]);
    }

    #[test]
    fn an_example_with_its_dependencies_will_do() {
        let dependencies = format!("{A}\nb = {{ path = \"ease/bench\" }}");
        assert!(check(&package(LIBRARY, &readme("use a::A;\na::run(b::B);", &dependencies))).is_empty());
    }
}
