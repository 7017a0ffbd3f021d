//! How a command ends, and how its failure is told.

use std::error::Error;

/// How a command ends: an error is printed with its causes, and the exit code is 1.
pub(crate) type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

/// An error with its causes. A cause of several lines, as databases report them, is joined to one.
pub(crate) fn with_causes(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let told = error.to_string();
        let told: Vec<&str> = told.split_whitespace().collect();
        let told = told.join(" ");
        // Transparent errors repeat their cause.
        if !text.ends_with(&told) {
            text.push_str(": ");
            text.push_str(&told);
        }
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::StoreError;

    #[test]
    fn an_error_is_told_with_its_causes_on_one_line() {
        let error = StoreError::unavailable("connection refused\n\tIs the server running?\n");
        assert_eq!(with_causes(&error), "the storage is not available: connection refused Is the server running?");
    }
}
