//! Requests that were named by their clients, and the answers that are kept for them.

use crate::Key;
use kernel::{Instant, UserId};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Who sends a request. Keys of different senders never meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sender {
    /// A user.
    User(UserId),
    /// Somebody without an account, by an address.
    Address(String),
}

/// Names a request: a digest of its sender, its route and its key, in 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(String);

impl RequestId {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Tells bodies apart: a digest of a body and of the key that it came with, in 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fingerprint that a store kept.
    pub fn stored(digits: String) -> Self {
        Self(digits)
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A request that its client named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its name.
    pub id: RequestId,
    /// Whose it is; `None` for somebody without an account.
    pub owner: Option<UserId>,
    /// What it asks for.
    pub fingerprint: Fingerprint,
}

impl Request {
    /// How long an answer is kept, in seconds.
    pub const KEPT_SECONDS: i64 = 24 * 60 * 60;

    /// Names a request. `route` is the method and the path as the server knows it; `body` is what was sent, byte for byte.
    pub fn new(sender: Sender, route: &str, key: &Key, body: &[u8]) -> Self {
        let (kind, name, owner) = match sender {
            Sender::User(user) => ("user", user.to_string(), Some(user)),
            Sender::Address(address) => ("address", address, None),
        };
        let parts = [kind, name.as_str(), route, key.as_str()].map(str::as_bytes);
        // Some bodies hold a password. With a key that nobody can guess in front, and kept nowhere, the fingerprint is no
        // help in guessing it.
        let fingerprint = digest(&[key.as_str().as_bytes(), body]);
        Self { id: RequestId(digest(&parts)), owner, fingerprint: Fingerprint(fingerprint) }
    }

    /// When the answer of a request that came at `now` is forgotten.
    pub fn expires_at(now: Instant) -> Instant {
        now.plus_seconds(Self::KEPT_SECONDS)
    }
}

/// A digest of parts, each with its length, so that no two lists of parts look the same.
fn digest(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_string());
        hasher.update(":");
        hasher.update(part);
    }
    let mut digits = String::new();
    for byte in hasher.finalize() {
        // Writing to text cannot fail.
        write!(digits, "{byte:02x}").unwrap_or_default();
    }
    digits
}

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredResponse {
    /// Its status.
    pub status: u16,
    /// The headers that belong to it, one to a line: name, colon, value.
    pub headers: String,
    /// Its body.
    pub body: String,
}

/// What is kept of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it asked for.
    pub fingerprint: Fingerprint,
    /// When it is forgotten.
    pub expires_at: Instant,
    /// What was answered.
    pub response: StoredResponse,
}

impl Kept {
    /// Whether it counts no more.
    pub fn is_expired(&self, now: Instant) -> bool {
        self.expires_at <= now
    }
}

/// What is known of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recollection {
    /// Nothing: it is new.
    Nothing,
    /// That it was answered too long ago: it counts as new.
    Expired,
    /// What was answered.
    Response(StoredResponse),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(sender: Sender, route: &str, key: &str, body: &[u8]) -> Request {
        Request::new(sender, route, &Key::parse(key).unwrap(), body)
    }

    #[test]
    fn sender_route_and_key_name_a_request_and_its_body_does_not() {
        let user = |number| Sender::User(UserId(number));
        let first = request(user(1), "POST /a", "k", b"x");
        assert_eq!(first.id, request(user(1), "POST /a", "k", b"y").id);
        for other in [
            request(user(2), "POST /a", "k", b"x"),
            request(user(1), "POST /b", "k", b"x"),
            request(user(1), "POST /a", "l", b"x"),
            request(user(1), "POST /", "ak", b"x"),
            request(Sender::Address("1".to_owned()), "POST /a", "k", b"x"),
        ] {
            assert_ne!(first.id, other.id, "{other:?}");
        }
    }

    #[test]
    fn the_same_bytes_have_one_fingerprint_under_one_key() {
        let ann = |key, body| request(Sender::User(UserId(1)), "POST /a", key, body).fingerprint;
        assert_eq!(ann("k", b"x"), ann("k", b"x"));
        assert_ne!(ann("k", b"x"), ann("k", b"x "));
        assert_ne!(ann("k", b"x"), ann("l", b"x"));
        assert_ne!(ann("k", b""), ann("k", b"{}"));
    }

    #[test]
    fn digests_are_64_digits_and_show_neither_key_nor_body() {
        let request = request(Sender::User(UserId(1)), "POST /a", "open-sesame", b"korvapuusti");
        assert_eq!((request.id.as_str().len(), request.fingerprint.as_str().len()), (64, 64));
        let shown = format!("{request:?}");
        assert!(!shown.contains("sesame") && !shown.contains("korvapuusti"), "{shown}");
    }
}
