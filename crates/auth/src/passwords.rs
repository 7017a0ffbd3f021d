//! Hashes of passwords: bcrypt, and those of the previous system. Slow on purpose: never on a thread that serves others.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use subtle::ConstantTimeEq;
use thiserror::Error;

/// A password could not be hashed: the machine gave no randomness, or the cost is out of range.
#[derive(Debug, Error)]
#[error("the password could not be hashed: {reason}")]
pub struct HashError {
    reason: String,
}

/// Hashes and verifies passwords.
#[derive(Debug, Clone, Copy)]
pub struct Passwords {
    cost: u32,
}

impl Passwords {
    /// bcrypt ignores what comes after 72 bytes, the closing NUL included.
    const BCRYPT_BYTES_MAX: usize = 71;

    /// Hashes with bcrypt at this cost (4 to 31; one more doubles the time).
    pub fn new(cost: u32) -> Self {
        Self { cost }
    }

    /// Hashes a password.
    ///
    /// # Errors
    /// When the machine gives no randomness or the cost is out of range.
    pub fn hash(&self, password: &str) -> Result<String, HashError> {
        bcrypt::non_truncating_hash(fitted(password).as_ref(), self.cost)
            .map_err(|error| HashError { reason: error.to_string() })
    }

    /// Whether the password is the one that was hashed, in time that does not depend on where they differ. A hash of a
    /// format that is not known verifies nothing, and takes as long.
    pub fn verify(&self, password: &str, hash: &str) -> bool {
        let verified = match hash.strip_prefix("pbkdf2_sha256$") {
            Some(django) => verify_django(password, django),
            None => verify_bcrypt(password, hash),
        };
        verified.unwrap_or_else(|| {
            self.verify_nobody(password);
            false
        })
    }

    /// Takes as long as verifying a password does, for a login name that nobody has.
    pub fn verify_nobody(&self, password: &str) {
        #[cfg(test)]
        work::note(self.cost);
        // A fixed salt does: the result is thrown away, only the time counts.
        std::hint::black_box(bcrypt::hash_with_salt(fitted(password).as_ref(), self.cost, [7; 16]).is_ok());
    }

    /// Whether a hash should be replaced at the next chance: another format, or another cost.
    pub fn is_outdated(&self, hash: &str) -> bool {
        hash.parse::<bcrypt::HashParts>().map_or(true, |parts| parts.get_cost() != self.cost)
    }
}

/// The password as bcrypt can take it whole: longer ones are replaced by their digest.
fn fitted(password: &str) -> Cow<'_, str> {
    if password.len() <= Passwords::BCRYPT_BYTES_MAX {
        Cow::Borrowed(password)
    } else {
        Cow::Owned(STANDARD.encode(Sha256::digest(password)))
    }
}

/// bcrypt at the cost that stands in the hash; `None` when it is no hash.
fn verify_bcrypt(password: &str, hash: &str) -> Option<bool> {
    #[cfg(test)]
    if let Ok(parts) = hash.parse::<bcrypt::HashParts>() {
        work::note(parts.get_cost());
    }
    bcrypt::non_truncating_verify(fitted(password).as_ref(), hash).ok()
}

/// Django's `pbkdf2_sha256$<rounds>$<salt>$<base64>`, without its first part.
fn verify_django(password: &str, hash: &str) -> Option<bool> {
    /// More rounds than any release of Django has asked for; a bound against rows that would take for ever.
    const ROUNDS_MAX: u32 = 10_000_000;
    let mut parts = hash.split('$');
    let (rounds, salt, wanted) = (parts.next()?, parts.next()?, parts.next()?);
    let rounds = rounds.parse::<u32>().ok().filter(|rounds| (1..=ROUNDS_MAX).contains(rounds))?;
    let wanted = STANDARD.decode(wanted).ok()?;
    let found = pbkdf2::pbkdf2_hmac_array::<Sha256, 32>(password.as_bytes(), salt.as_bytes(), rounds);
    Some(found.ct_eq(wanted.as_slice()).into())
}

/// Counts hashing on this thread, so that a test can compare work without a clock.
#[cfg(test)]
pub(crate) mod work {
    use std::cell::RefCell;

    thread_local! {
        static DONE: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
    }

    /// One bcrypt of this cost is about to be done.
    pub(super) fn note(cost: u32) {
        DONE.with_borrow_mut(|done| done.push(cost));
    }

    /// The costs of all that was done since the last look.
    pub(crate) fn done() -> Vec<u32> {
        DONE.with_borrow_mut(std::mem::take)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAST: Passwords = Passwords { cost: 4 };

    #[test]
    fn a_hash_verifies_its_password_and_no_other() {
        let hash = FAST.hash("korvapuusti").unwrap();
        assert!(FAST.verify("korvapuusti", &hash));
        assert!(!FAST.verify("Korvapuusti", &hash));
        assert!(!FAST.verify("korvapuusti", "nonsense"));
    }

    #[test]
    fn long_passwords_are_never_cut() {
        let long = "ä".repeat(128);
        let hash = FAST.hash(&long).unwrap();
        assert!(FAST.verify(&long, &hash));
        assert!(!FAST.verify(&"ä".repeat(127), &hash));
    }

    #[test]
    fn hashes_of_the_previous_system_verify_and_are_outdated() {
        // Made with Python's hashlib.pbkdf2_hmac("sha256", b"korvapuusti", b"saltsalt", 1000).
        let hash = "pbkdf2_sha256$1000$saltsalt$TzIMtiukAqCItOMJCPQehLZjEHgGZdjTs5Vb6ZcxQjY=";
        assert!(FAST.verify("korvapuusti", hash));
        assert!(!FAST.verify("korvapuust", hash));
        assert!(FAST.is_outdated(hash));
        for broken in
            ["pbkdf2_sha256$", "pbkdf2_sha256$x$y$z", "pbkdf2_sha256$0$salt$aaaa", "pbkdf2_sha256$1000$salt$!"]
        {
            assert!(!FAST.verify("korvapuusti", broken), "{broken}");
        }
    }

    #[test]
    fn another_cost_is_outdated() {
        let hash = FAST.hash("korvapuusti").unwrap();
        assert!(!FAST.is_outdated(&hash));
        assert!(Passwords::new(5).is_outdated(&hash));
    }
}
