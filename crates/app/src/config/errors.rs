//! The errors of a configuration, all at once.

use std::error::Error;
use std::fmt;

/// The errors of a configuration. They never show values, which may be secret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ConfigErrors(Vec<String>);

impl ConfigErrors {
    /// Notes that the setting `name` is wrong; `what` says what is allowed.
    pub(crate) fn add(&mut self, name: &str, what: impl fmt::Display) {
        self.0.push(format!("{name}: {what}"));
    }

    /// Whether there is no error.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration is not valid")?;
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl Error for ConfigErrors {}
