//! Commits say which area they change, and what it does now.

use crate::workspace::{Commit, Workspace};

/// The most characters of a subject.
const SUBJECT_MAX: usize = 72;

/// Checks every commit since the first one whose subject has its form. Those before it are as they are.
pub(crate) fn check(workspace: &Workspace) -> Vec<String> {
    let since_then = workspace.history.iter().skip_while(|commit| fault_of(&commit.subject).is_some());
    since_then.filter_map(|commit| fault_of(&commit.subject).map(|fault| told(commit, fault))).collect()
}

fn told(commit: &Commit, fault: &str) -> String {
    let id: String = commit.id.chars().take(10).collect();
    format!("commit {id}: \"{}\": {fault}", commit.subject)
}

/// What is wrong with a subject.
fn fault_of(subject: &str) -> Option<&'static str> {
    let Some((area, what)) = subject.split_once(": ") else {
        return Some("begin it with the area that it changes: `ledger: refuse amounts of zero`");
    };
    if !area.split(", ").all(is_area) {
        return Some("before the colon stands an area, in small letters: a crate, a folder, a topic, or several");
    }
    if what.trim().is_empty() || what.ends_with('.') {
        return Some("behind the colon stands what it does, without a full stop");
    }
    (subject.chars().count() > SUBJECT_MAX).then_some("72 characters at most: the rest belongs into the body")
}

/// Whether a text is a word or two in small letters.
fn is_area(area: &str) -> bool {
    let is_sign = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || "-./_ ".contains(sign);
    !area.is_empty() && area.chars().all(is_sign) && area.split(' ').count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(subjects: &[&str]) -> Workspace {
        let commit = |subject: &&str| Commit { id: "abc".to_owned(), subject: (*subject).to_owned() };
        Workspace { history: subjects.iter().map(commit).collect(), ..Workspace::default() }
    }

    #[test]
    fn subjects_without_an_area_or_a_limit_are_found_once_there_is_one_with_both() {
        let long = format!("ledger: {}", "x".repeat(SUBJECT_MAX));
        for bad in ["Do this", "Ledger: Do this", "ledger: ", "ledger: do this.", "ledger does this: and that", &long] {
            let found = check(&history(&["Do that", "ledger, redis_link: refuse amounts of zero", bad]));
            assert_eq!(found.len(), 1, "{bad}: {found:?}");
            assert!(found[0].starts_with(&format!("commit abc: \"{bad}\": ")), "{found:?}");
            assert!(check(&history(&["Do that", bad])).is_empty(), "{bad}: before the rule");
        }
    }

    #[test]
    fn a_tree_without_history_passes() {
        assert!(check(&Workspace::default()).is_empty());
    }
}
