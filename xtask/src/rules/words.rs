//! Nothing is put off in a comment, left out of the code, or switched off in a test.

use crate::workspace::Workspace;

/// Words of work put off, and what to do instead. They are put together here so that this file passes its own rule.
const PUT_OFF: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
/// Code that does nothing yet, or was only meant for a look.
const LEFT_OUT: [&str; 3] = [concat!("to", "do!"), concat!("unimpl", "emented!"), concat!("d", "bg!")];
/// Tests that do not run.
const SWITCHED_OFF: [&str; 2] = [concat!("#[ign", "ore"), concat!("```ign", "ore")];

/// Looks at every line of every file.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let mut findings = Vec::new();
    for file in &workspace.files {
        for (number, line) in (1..).zip(file.text.lines()) {
            let mut found = |word: &str, advice: &str| {
                findings.push(format!("{}:{number}: `{word}`: {advice}", file.path));
            };
            for word in PUT_OFF.into_iter().filter(|word| has_word(line, word)) {
                found(word, "do it now, or open an issue and say here only what is");
            }
            if !file.is_rust() {
                continue;
            }
            for word in LEFT_OUT.into_iter().filter(|word| has_word(line, word)) {
                found(word, "write the code, or return an error that says what is missing");
            }
            for word in SWITCHED_OFF.into_iter().filter(|word| line.contains(word)) {
                found(word, "make the test run, or remove it");
            }
        }
    }
    findings
}

/// Whether the word stands alone: no letter or digit touches it.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|text| text.chars().next());
        let touches = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !touches(before) && (word.ends_with('!') || !touches(after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_banned_word_is_found() {
        for word in PUT_OFF.into_iter().chain(LEFT_OUT).chain(SWITCHED_OFF) {
            let found = check(&Workspace::with_file("a.rs", &format!("//! A.\n    // {word}(\"x\")\n")));
            assert_eq!(found.len(), 1, "{word}: {found:?}");
            assert!(found[0].starts_with(&format!("a.rs:2: `{word}`: ")), "{found:?}");
        }
    }

    #[test]
    fn other_words_that_look_like_them_pass() {
        let text =
            format!("mas{0}od {1}X {2}s #[expect(x)]", concat!("TO", "DO"), concat!("XX", "X"), concat!("TO", "DO"));
        assert!(check(&Workspace::with_file("a.rs", &text)).is_empty());
    }

    #[test]
    fn scripts_and_pages_may_talk_about_code() {
        assert!(check(&Workspace::with_file("a.md", concat!("never write d", "bg!(x)"))).is_empty());
        assert_eq!(check(&Workspace::with_file("a.md", concat!("TO", "DO: write"))).len(), 1);
    }
}
