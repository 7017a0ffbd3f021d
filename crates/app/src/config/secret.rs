//! A text that must not be printed.

use std::fmt;

/// A text that must not be printed: neither `Debug` nor `Display` shows it. Nor can it be compared, since `==` ends the sooner,
/// the less is guessed of it.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    /// Guards `text`.
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself, for the one who needs it.
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
