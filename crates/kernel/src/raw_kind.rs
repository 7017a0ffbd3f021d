//! What a value is, whatever is in it.

/// The kinds of values that clients send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawKind {
    /// An explicit nothing.
    Null,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// Any other number.
    Fraction,
    /// Text.
    Text,
    /// A list.
    List,
    /// An object.
    Object,
    /// A file.
    File,
}
