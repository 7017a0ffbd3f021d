//! Checks of the workspace that no compiler makes: `cargo xtask tidy`.
#![expect(clippy::print_stderr, reason = "a command line says on its terminal why it failed")]

mod cargo;
mod git;
mod module_graph;
mod rules;
mod tree;
mod workspace;

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use workspace::Workspace;

/// A rule looks at the workspace and says, in a sentence each, what is wrong and what to do instead.
type Rule = fn(&Workspace) -> Vec<String>;

const RULES: [(&str, Rule); 19] = [
    ("every module says what it is for", rules::module_docs::check),
    ("every file is declared by the one above it", rules::module_tree::check),
    ("dependencies are those of ARCHITECTURE.md", rules::dependencies::check),
    ("domains stay plain Rust", rules::plain_domains::check),
    ("licences and sources of other people's crates", rules::licences::check),
    ("every package takes the shared lints", rules::shared_lints::check),
    ("files stay short", rules::file_length::check),
    ("nothing is put off, nothing is switched off", rules::words::check),
    ("names say what is inside", rules::names::check),
    ("every port method has a contract clause", rules::contract_clauses::check),
    ("both migration trees have the same steps", rules::migrations::check),
    ("pages name files that exist", rules::page_paths::check),
    ("promises and quirks name tests that exist", rules::named_tests::check),
    ("decisions and the map name code that exists", rules::symbols::check),
    ("every crate introduces itself, by an example that runs", rules::readmes::check),
    ("the tests of a crate are one program", rules::test_programs::check),
    ("files do not import each other in large circles", rules::import_circles::check),
    ("fuzz/ has the versions of the workspace", rules::lock_files::check),
    ("commits say which area they change", rules::commit_subjects::check),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments != ["tidy"] {
        eprintln!("usage: cargo xtask tidy");
        return ExitCode::FAILURE;
    }
    match tidy() {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("tidy could not look at the workspace: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs every rule, prints what they found, and returns how much that was.
fn tidy() -> Result<usize, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("xtask has no parent directory")?;
    let workspace = tree::read(root)?;
    let mut out = std::io::stdout().lock();
    let mut count = 0;
    for (title, rule) in RULES {
        let findings = rule(&workspace);
        writeln!(out, "{} {title}", if findings.is_empty() { "ok    " } else { "FAILED" })?;
        for finding in &findings {
            writeln!(out, "         {finding}")?;
        }
        count += findings.len();
    }
    if let Some(complaint) = &workspace.history_missing {
        writeln!(out, "note   the subjects of commits were not checked, because git has no history here: {complaint}")?;
    }
    writeln!(out, "tidy: {} files, {} rules, {count} findings", workspace.files.len(), RULES.len())?;
    Ok(count)
}
