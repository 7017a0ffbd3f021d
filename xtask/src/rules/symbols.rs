//! Decision records and the map name code that exists.

use crate::workspace::Workspace;
use std::collections::BTreeSet;
use std::path::Path;

const MAP: &str = "ARCHITECTURE.md";
const DECISIONS: &str = "docs/decisions/";

/// Names of other people's code that was weighed and is not used here.
const NOT_OURS: &[&str] = &[];

/// Looks up every name of code between backticks in the decisions and the map.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let words = words_of_code(workspace);
    let pages = workspace.files.iter().filter(|file| {
        file.path == MAP
            || file.path.starts_with(DECISIONS) && Path::new(&file.path).extension().is_some_and(|end| end == "md")
    });
    let (mut findings, mut excused) = (Vec::new(), BTreeSet::new());
    for page in pages {
        for (number, line) in (1..).zip(page.text.lines()) {
            for symbol in line.split('`').skip(1).step_by(2).filter(|text| is_symbol(text)) {
                let Some(gone) = names_in(symbol).find(|name| !words.contains(name)) else { continue };
                if NOT_OURS.contains(&symbol) {
                    excused.insert(symbol);
                    continue;
                }
                findings.push(format!(
                    "{}:{number}: `{symbol}`: no code says `{gone}` any more: name what is there now",
                    page.path
                ));
            }
        }
    }
    findings.extend(
        NOT_OURS.iter().filter(|name| !excused.contains(*name)).map(|name| {
            format!("`{name}` is excused in xtask's list, and there is no need to: remove it from the list")
        }),
    );
    findings
}

/// Whether a text between backticks names a type, a path, a function or a field, as Rust writes them.
fn is_symbol(text: &str) -> bool {
    let name = text.split_once('(').map_or(text, |(name, _)| name);
    let is_call = name.len() < text.len() && text.ends_with(')');
    let is_path = name.contains("::");
    let plain = name.split("::").all(|part| {
        part.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_')
            && part.chars().next().is_some_and(|first| first.is_ascii_alphabetic())
    });
    let is_snake = name.contains('_') && !name.contains(|sign: char| sign.is_ascii_uppercase());
    let is_camel = name.starts_with(|sign: char| sign.is_ascii_uppercase())
        && name.contains(|sign: char| sign.is_ascii_lowercase())
        && !name.contains('_');
    plain && (is_path || is_call || is_snake || is_camel) && (is_call || name.len() == text.len())
}

/// The names that a symbol is made of, arguments aside.
fn names_in(symbol: &str) -> impl Iterator<Item = &str> {
    symbol.split('(').next().unwrap_or_default().split("::")
}

/// Every word of every file that is not a page, comments aside.
fn words_of_code(workspace: &Workspace) -> BTreeSet<&str> {
    let is_page = |path: &str| Path::new(path).extension().is_some_and(|end| end == "md" || end == "html");
    let files = workspace.files.iter().filter(|file| !is_page(&file.path) && !file.path.starts_with("docs/"));
    let lines = files.flat_map(|file| file.text.lines()).filter(|line| {
        let line = line.trim_start();
        !["//", "#", "--"].iter().any(|comment| line.starts_with(comment)) || line.starts_with("#[")
    });
    lines.flat_map(|line| line.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '_'))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::TextFile;

    const PAGE: &str = "docs/decisions/0001-a.md";

    fn page_and_code(page: &str, code: &str) -> Workspace {
        let mut workspace = Workspace::with_file(PAGE, page);
        workspace.files.push(TextFile { path: "crates/a/src/lib.rs".to_owned(), text: code.to_owned() });
        workspace
    }

    #[test]
    fn a_type_a_path_a_function_and_a_field_that_are_gone_are_found() {
        let code = "pub struct Kept;\n// GoneType, gone_function\nfn kept_function() {}\n";
        for gone in ["GoneType", "Kept::gone", "kept_function::Gone", "gone_function", "gone_function(a, b)", "gone()"]
        {
            let found = check(&page_and_code(&format!("See `Kept` and `{gone}`."), code));
            assert_eq!(found.len(), 1, "{gone}: {found:?}");
            assert!(found[0].starts_with(&format!("{PAGE}:1: `{gone}`: no code says `")), "{found:?}");
        }
        let map = Workspace::with_file(MAP, "`GoneType`");
        assert_eq!(check(&map).len(), 1);
    }

    #[test]
    fn what_is_there_passes_and_so_does_what_is_no_code() {
        let code = "impl Kept {\n    fn kept_function(&self) {}\n}\n";
        let page = "`Kept`, `Kept::kept_function`, `kept_function(..)`; `SELECT`, `Retry-After`, `make ci`, `docs/a_b.md`, \
                    `?after=`, `.md`, `two words_here`";
        assert!(check(&page_and_code(page, code)).is_empty());
    }

    #[test]
    fn other_pages_may_name_what_they_like() {
        assert!(check(&Workspace::with_file("docs/quirks.md", "`GoneType`")).is_empty());
    }
}
