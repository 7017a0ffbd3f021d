//! Identifiers that cannot be mistaken for one another.

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

        impl $crate::Input for $name {
            const SHAPE: $crate::Shape = $crate::Shape::Uuid;

            fn read(raw: &$crate::Raw) -> ::std::result::Result<Self, $crate::FieldFault> {
                raw.as_uuid().map(Self)
            }
        }
    };
}

/// Makes a newtype over a positive whole number, as bodies, queries and paths name objects.
#[macro_export]
macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl $name {
            /// Reads a part of a path; `None` for what no object can be called.
            pub fn from_path(part: &str) -> ::std::option::Option<Self> {
                $crate::number_in_path(part).map(Self)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl $crate::Input for $name {
            const SHAPE: $crate::Shape = $crate::Shape::Integer { min: 1, max: i64::MAX };

            fn read(raw: &$crate::Raw) -> ::std::result::Result<Self, $crate::FieldFault> {
                raw.as_number_id().map(Self)
            }
        }
    };
}

/// A positive whole number in digits and nothing else, as a part of a path has it.
pub fn number_in_path(part: &str) -> Option<i64> {
    let digits = Some(part).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))?;
    digits.parse().ok().filter(|number| *number > 0)
}

number_id! {
    /// A user's number: the same on every surface and in every token.
    UserId
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FieldFault, Input, Raw, RawKind};
    use proptest::prelude::*;

    fn read(raw: &Raw) -> Result<i64, FieldFault> {
        UserId::read(raw).map(|id| id.0)
    }

    #[test]
    fn what_is_no_number_of_an_object_says_why() {
        let not_one = |kind| Err(FieldFault::NotAReference { kind });
        let missing = |id: &str| Err(FieldFault::Missing { id: id.to_owned() });
        for (raw, expected) in [
            (Raw::Text(" 7 ".to_owned()), Ok(7)),
            (Raw::Number("7".to_owned()), Ok(7)),
            (Raw::Text("abc".to_owned()), not_one(RawKind::Text)),
            (Raw::Text("+7".to_owned()), not_one(RawKind::Text)),
            (Raw::Text("7.0".to_owned()), not_one(RawKind::Text)),
            (Raw::Number("7.5".to_owned()), not_one(RawKind::Fraction)),
            (Raw::Bool(true), not_one(RawKind::Bool)),
            (Raw::List(Vec::new()), not_one(RawKind::List)),
            (Raw::Text(" ".to_owned()), Err(FieldFault::Null)),
            (Raw::Null, Err(FieldFault::Null)),
            (Raw::Number("0".to_owned()), missing("0")),
            (Raw::Text("-7".to_owned()), missing("-7")),
            (Raw::Number("99999999999999999999".to_owned()), missing("99999999999999999999")),
        ] {
            assert_eq!(read(&raw), expected, "{raw:?}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_read_as_128_bits_would_say(number: i128, small in -3_i128..1000, text in "[0-9 +.-]{0,21}") {
            for text in [number.to_string(), small.to_string(), (number >> 64).to_string(), text] {
                // An independent reader: whole, without a plus, and within 64 bits.
                let plain = text.trim();
                let whole = plain.parse::<i128>().ok().filter(|_| !plain.starts_with('+'));
                let known = whole.filter(|number| (1..i128::from(i64::MAX)).contains(number));
                let known = known.and_then(|number| i64::try_from(number).ok());
                prop_assert_eq!(read(&Raw::Text(text.clone())).ok(), known, "{}", text);
                let in_path = text.bytes().all(|byte| byte.is_ascii_digit()) && plain == text;
                prop_assert_eq!(UserId::from_path(&text).map(|id| id.0).filter(|id| *id < i64::MAX), known.filter(|_| in_path));
            }
        }
    }
}
