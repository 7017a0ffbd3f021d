//! What the commands print.

use std::io::{self, Write};

/// Prints one line on standard output and flushes it.
///
/// # Errors
/// When the output is closed.
pub(crate) fn say(line: impl std::fmt::Display) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// Prints one line on standard error, and ignores errors.
pub(crate) fn complain(line: impl std::fmt::Display) {
    writeln!(io::stderr(), "{line}").unwrap_or_default();
}

/// Asks a question and reads the answer's line.
///
/// # Errors
/// When there is no input.
pub(crate) fn ask(question: &str) -> io::Result<String> {
    let mut out = io::stdout().lock();
    write!(out, "{question}")?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(answer.trim().to_owned())
}
