//! The names of counters in Redis.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt::Write;

/// The length of a digest in a name.
const DIGEST_BYTES: usize = 16;

/// Makes the names of counters. They reveal neither addresses nor e-mails: without the key, not even by trying all
/// possible ones.
#[derive(Clone)]
pub(super) struct Names {
    prefix: String,
    key: Hmac<Sha256>,
}

impl Names {
    /// Derives a key for these names from the secret that all nodes share.
    pub(super) fn new(prefix: &str, secret: &[u8]) -> Self {
        let derived = keyed(secret).chain_update(b"ease counters 1").finalize().into_bytes();
        Self { prefix: prefix.to_owned(), key: keyed(&derived) }
    }

    /// The name of a counter of this kind, which has no blank in it, for this client.
    pub(super) fn of(&self, kind: &str, client: &str) -> String {
        let digest =
            self.key.clone().chain_update(kind).chain_update(b" ").chain_update(client).finalize().into_bytes();
        let mut name = format!("{}{kind}:", self.prefix);
        for byte in digest.iter().take(DIGEST_BYTES) {
            // Writing to text cannot fail.
            write!(name, "{byte:02x}").unwrap_or_default();
        }
        name
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    // HMAC accepts keys of any length, so this cannot fail.
    Hmac::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_shows_nothing_and_is_the_same_on_every_node() {
        let name = |secret: &[u8], kind, client| Names::new("ease:", secret).of(kind, client);
        let ann = name(b"secret", "name", "ann@example.org");
        assert_eq!(ann, name(b"secret", "name", "ann@example.org"));
        assert!(ann.starts_with("ease:name:") && ann.len() == 10 + 32 && !ann.contains("ann"), "{ann}");
        for other in [name(b"other", "name", "ann@example.org"), name(b"secret", "name", "bob@example.org")] {
            assert_ne!(ann, other);
        }
        let digest = |name: &str| name.rsplit(':').next().unwrap().to_owned();
        assert_ne!(digest(&ann), digest(&name(b"secret", "network", "ann@example.org")));
        assert_ne!(digest(&ann), digest(&name(b"secret", "namea", "nn@example.org")));
    }
}
