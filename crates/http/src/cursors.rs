//! Cursors: positions in lists, as clients hold them. They show nothing, and only who made them can make them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Position, UserId};
use sha2::Sha256;
use std::fmt;

const TAG_BYTES: usize = 16;
const POSITION_BYTES: usize = 8;

/// Makes and reads cursors.
///
/// A cursor is a tag over the list, the user and the position, and the position under a mask that is made of the tag. So the same
/// position always has the same cursor, a position shows nothing of how many rows others have, and a cursor that was bent, or made
/// for another list or another user, is none.
#[derive(Clone)]
pub struct Cursors {
    key: Hmac<Sha256>,
}

impl fmt::Debug for Cursors {
    /// The key is a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cursors").finish_non_exhaustive()
    }
}

impl Cursors {
    /// Takes the server's secret. What is made with it here is good for cursors only.
    pub fn new(secret: &[u8]) -> Self {
        let derived = keyed(secret).chain_update(b"ease cursors 1").finalize().into_bytes();
        Self { key: keyed(&derived) }
    }

    /// The cursor of a position in a list of a user.
    pub(crate) fn seal(&self, list: &str, user: UserId, position: Position) -> String {
        let tag = self.tag(list, user, position).finalize().into_bytes();
        let tag: Vec<u8> = tag.into_iter().take(TAG_BYTES).collect();
        let position = self.masked(&tag, position.0.to_be_bytes());
        URL_SAFE_NO_PAD.encode([tag.as_slice(), position.as_slice()].concat())
    }

    /// The position of a cursor of this list and user; `None` for any other text.
    pub(crate) fn open(&self, list: &str, user: UserId, cursor: &str) -> Option<Position> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (tag, position) = bytes.split_at_checked(TAG_BYTES)?;
        let position: [u8; POSITION_BYTES] = position.try_into().ok()?;
        let position = Position(i64::from_be_bytes(self.masked(tag, position)));
        self.tag(list, user, position).verify_truncated_left(tag).ok()?;
        Some(position)
    }

    fn tag(&self, list: &str, user: UserId, position: Position) -> Hmac<Sha256> {
        let numbers = [user.0.to_be_bytes(), position.0.to_be_bytes()].concat();
        self.key.clone().chain_update(b"tag").chain_update(numbers).chain_update(list)
    }

    fn masked(&self, tag: &[u8], mut position: [u8; POSITION_BYTES]) -> [u8; POSITION_BYTES] {
        let mask = self.key.clone().chain_update(b"mask").chain_update(tag).finalize().into_bytes();
        position.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= mask);
        position
    }
}

/// A key of any length is a good one; the other arm is never taken.
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    const ANN: UserId = UserId(3);

    #[test]
    fn a_cursor_leads_back_to_its_place() {
        let cursors = Cursors::new(b"secret");
        for position in [0, 1, 1_000_000, i64::MAX] {
            let cursor = cursors.seal("expenses", ANN, Position(position));
            assert_eq!(cursor.len(), 32);
            assert_eq!(cursors.open("expenses", ANN, &cursor), Some(Position(position)));
        }
    }

    #[test]
    fn a_cursor_is_good_for_its_list_its_user_and_its_server_alone() {
        let cursors = Cursors::new(b"secret");
        let cursor = cursors.seal("expenses", ANN, Position(7));
        assert_eq!(cursors.open("incomes", ANN, &cursor), None);
        assert_eq!(cursors.open("expenses", UserId(4), &cursor), None);
        assert_eq!(Cursors::new(b"other").open("expenses", ANN, &cursor), None);
    }

    #[test]
    fn a_bent_cursor_is_none() {
        let cursors = Cursors::new(b"secret");
        let cursor = cursors.seal("expenses", ANN, Position(7));
        let bytes = URL_SAFE_NO_PAD.decode(&cursor).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut bent = bytes.clone();
            bent[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(cursors.open("expenses", ANN, &URL_SAFE_NO_PAD.encode(bent)), None, "bit {bit}");
        }
        for other in
            ["", "7", "AAAA", cursor.get(1..).unwrap(), &format!("{cursor}A"), &format!("{cursor}="), "ä", "\0"]
        {
            assert_eq!(cursors.open("expenses", ANN, other), None, "{other}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_261_121), ..ProptestConfig::default() })]

        #[test]
        fn every_position_is_found_again(list in "[a-z_]{1,20}", user: i64, position: i64) {
            let cursors = Cursors::new(b"secret");
            let cursor = cursors.seal(&list, UserId(user), Position(position));
            prop_assert_eq!(cursors.open(&list, UserId(user), &cursor), Some(Position(position)));
            prop_assert_eq!(cursors.open(&list, UserId(user.wrapping_add(1)), &cursor), None);
        }

        #[test]
        fn no_text_but_a_sealed_one_is_a_cursor(text in prop_oneof!["[A-Za-z0-9_-]{32}", "\\PC{0,40}"]) {
            prop_assert_eq!(Cursors::new(b"secret").open("expenses", ANN, &text), None);
        }
    }
}
