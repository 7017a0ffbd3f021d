//! How surfaces tell what domains refuse.

use serde_json::Value;
use std::fmt;

/// What a domain refused, for the words of a surface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The stable name of what went wrong.
    pub code: &'static str,
    /// What it is about, such as an e-mail address; empty when it does not say.
    pub subject: String,
}

/// How a surface tells refusals: the body for each one that it has words for, by its code. A refusal without words, and what
/// is wrong with fields, is told the same way everywhere.
#[derive(Clone, Copy)]
pub struct Words(pub fn(&Refusal) -> Option<Value>);

impl Words {
    /// No words at all.
    pub const NONE: Self = Self(|_| None);
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words")
    }
}
