//! The history of the tree, asked through git's command line.

use crate::workspace::Commit;
use std::path::Path;
use std::process::Command;

/// The commits that led here, oldest first, merges aside; what git said, when it has none to tell.
pub(crate) fn history(root: &Path) -> Result<Vec<Commit>, String> {
    let arguments = ["log", "--no-merges", "--topo-order", "--reverse", "--format=%H%x09%s"];
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        return Err(complaint.lines().next().unwrap_or("git failed").to_owned());
    }
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let commit =
        |line: &str| line.split_once('\t').map(|(id, subject)| Commit { id: id.into(), subject: subject.into() });
    Ok(lines.lines().filter_map(commit).collect())
}
