//! The one rule for e-mail addresses, on every surface.

use kernel::{FieldFault, Input, Raw, Shape, Text};
use std::fmt;

/// An e-mail address: trimmed, lower-case, at most 150 characters so that it fits a user name too.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Email {
    /// The most characters, because the address is also the user name.
    pub const MAX: usize = 150;
    const LABEL_MAX: usize = 63;
    const LOCAL_MAX: usize = 64;

    /// Reads an address that a client sent.
    ///
    /// # Errors
    /// What [`Text::parse`] refuses, and `BadEmail`.
    pub fn parse(raw: &Raw) -> Result<Self, FieldFault> {
        Self::new(raw.as_text()?)
    }

    /// Takes an address under the same rules.
    ///
    /// # Errors
    /// What [`Text::new`] refuses, and `BadEmail`.
    pub fn new(address: &str) -> Result<Self, FieldFault> {
        let address = Text::<{ Self::MAX }>::new(address)?.as_str().to_lowercase();
        match address.rsplit_once('@') {
            Some((local, domain)) if is_local_part(local) && is_domain(domain) => Ok(Self(address)),
            _ => Err(FieldFault::BadEmail),
        }
    }

    /// Takes an address that a store kept and that was checked when it came in.
    pub fn stored(address: String) -> Self {
        Self(address)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Input for Email {
    const SHAPE: Shape = Shape::Email { max: Self::MAX };

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        Self::parse(raw)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// RFC 5322 dot-atom.
fn is_local_part(local: &str) -> bool {
    let atom = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte);
    local.len() <= Email::LOCAL_MAX && local.split('.').all(|part| !part.is_empty() && part.bytes().all(atom))
}

/// RFC 1123 host name of at least two labels, the last one not a number.
fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=Email::LABEL_MAX).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.rsplit_once('.').is_some_and(|(_, top)| top.len() >= 2 && top.bytes().any(|byte| byte.is_ascii_alphabetic()))
        && domain.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Email, FieldFault> {
        Email::parse(&Raw::Text(text.to_owned()))
    }

    #[test]
    fn addresses_are_trimmed_and_lower_case() {
        assert_eq!(parse("  Ann.O'Hara!+x@Mail.Example.ORG ").unwrap().as_str(), "ann.o'hara!+x@mail.example.org");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in [
            "ann",
            "@a.bc",
            "ann@",
            "a@b",
            "a@b.c",
            "a..b@c.de",
            ".a@c.de",
            "a b@c.de",
            "a@-b.de",
            "a@b_.de",
            "a@1.2.3.4",
            "a@@b.de",
            "a@b..de",
        ] {
            assert_eq!(parse(bad), Err(FieldFault::BadEmail), "{bad}");
        }
        assert_eq!(parse(""), Err(FieldFault::Blank));
        assert_eq!(parse(&format!("{}@example.org", "a".repeat(150))), Err(FieldFault::TooLong { max: 150 }));
    }
}
