//! Identifiers that cannot be mistaken for one another.

use std::fmt;

/// A user's number: the same on every surface and in every token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserId(pub i64);

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Makes a newtype over [`uuid::Uuid`] that prints lower-case and hyphenated.
#[macro_export]
macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $crate::Uuid);

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }
    };
}

uuid_id! {
    /// One login: shared by every token that it handed out.
    SessionId
}

uuid_id! {
    /// A category's identifier.
    CategoryId
}

uuid_id! {
    /// A subcategory's identifier.
    SubcategoryId
}
