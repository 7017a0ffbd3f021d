//! A text that must not be printed.

use std::fmt;

/// A text that must not be printed: neither `Debug` nor `Display` shows it. It has no `==`, whose duration would depend on
/// how much of a guess is right.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    /// Guards `text`.
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_printed() {
        assert_eq!(format!("{:?}", Secret::new("s3cret".to_owned())), "(secret)");
    }
}
