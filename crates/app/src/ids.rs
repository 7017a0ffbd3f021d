//! Identifiers from the machine's source of randomness.

use kernel::{IdSource, Uuid};
use thiserror::Error;

/// The system's random generator failed.
#[derive(Debug, Error)]
#[error("the machine gives no randomness: {0}")]
pub(crate) struct NoRandomness(getrandom::Error);

/// Identifiers from the machine's source of randomness: uuid, version 4.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RandomIds(());

impl RandomIds {
    /// An id source, after a test of the random generator.
    ///
    /// # Errors
    /// When it fails.
    pub(crate) fn new() -> Result<Self, NoRandomness> {
        random_bytes::<16>().map(|_bytes| Self(()))
    }
}

impl IdSource for RandomIds {
    #[expect(clippy::expect_used, reason = "a guessable id would open doors; no request is worth one")]
    fn uuid(&self) -> Uuid {
        let bytes = random_bytes().expect("the machine gave randomness at the start, and gives none now");
        with_version_4(bytes)
    }
}

/// Random bytes for secrets.
///
/// # Errors
/// When the random generator fails.
pub(crate) fn random_bytes<const LENGTH: usize>() -> Result<[u8; LENGTH], NoRandomness> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(bytes)
}

/// Sets version and variant as RFC 9562 requires.
fn with_version_4(bytes: [u8; 16]) -> Uuid {
    const VERSION: u128 = 0x4 << 76;
    const VERSION_MASK: u128 = 0xf << 76;
    const VARIANT: u128 = 0b10 << 62;
    const VARIANT_MASK: u128 = 0b11 << 62;
    let bits = u128::from_be_bytes(bytes) & !(VERSION_MASK | VARIANT_MASK);
    Uuid::from_u128(bits | VERSION | VARIANT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ids_are_version_4_and_differ() {
        let ids = RandomIds::new().unwrap();
        let made: HashSet<Uuid> = (0..1000).map(|_| ids.uuid()).collect();
        assert_eq!(made.len(), 1000);
        for id in made {
            assert_eq!(id.get_version_num(), 4);
            assert!(matches!(id.as_hyphenated().to_string().as_bytes()[19], b'8' | b'9' | b'a' | b'b'), "{id}");
        }
    }
}
