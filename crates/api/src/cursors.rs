//! Cursors: places in lists, as clients hold them. They show nothing, and only who made them can make them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Place, UserId};
use sha2::Sha256;
use std::fmt;

const TAG_BYTES: usize = 16;
const PLACE_BYTES: usize = 8;

/// Makes and reads cursors.
///
/// A cursor is a tag over the list, the user and the place, and the place under a mask that is made of the tag. So the same
/// place always has the same cursor, a place shows nothing of how many rows others have, and a cursor that was bent, or made
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

    /// The cursor of a place in a list of a user.
    pub(crate) fn seal(&self, list: &str, user: UserId, place: Place) -> String {
        let tag = self.tag(list, user, place).finalize().into_bytes();
        let tag: Vec<u8> = tag.into_iter().take(TAG_BYTES).collect();
        let place = self.masked(&tag, place.0.to_be_bytes());
        URL_SAFE_NO_PAD.encode([tag.as_slice(), place.as_slice()].concat())
    }

    /// The place of a cursor of this list and user; `None` for any other text.
    pub(crate) fn open(&self, list: &str, user: UserId, cursor: &str) -> Option<Place> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (tag, place) = bytes.split_at_checked(TAG_BYTES)?;
        let place: [u8; PLACE_BYTES] = place.try_into().ok()?;
        let place = Place(i64::from_be_bytes(self.masked(tag, place)));
        self.tag(list, user, place).verify_truncated_left(tag).ok()?;
        Some(place)
    }

    fn tag(&self, list: &str, user: UserId, place: Place) -> Hmac<Sha256> {
        let numbers = [user.0.to_be_bytes(), place.0.to_be_bytes()].concat();
        self.key.clone().chain_update(b"tag").chain_update(numbers).chain_update(list)
    }

    fn masked(&self, tag: &[u8], mut place: [u8; PLACE_BYTES]) -> [u8; PLACE_BYTES] {
        let mask = self.key.clone().chain_update(b"mask").chain_update(tag).finalize().into_bytes();
        place.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= mask);
        place
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
        for place in [0, 1, 1_000_000, i64::MAX] {
            let cursor = cursors.seal("expenses", ANN, Place(place));
            assert_eq!(cursor.len(), 32);
            assert_eq!(cursors.open("expenses", ANN, &cursor), Some(Place(place)));
        }
    }

    #[test]
    fn a_cursor_is_good_for_its_list_its_user_and_its_server_alone() {
        let cursors = Cursors::new(b"secret");
        let cursor = cursors.seal("expenses", ANN, Place(7));
        assert_eq!(cursors.open("incomes", ANN, &cursor), None);
        assert_eq!(cursors.open("expenses", UserId(4), &cursor), None);
        assert_eq!(Cursors::new(b"other").open("expenses", ANN, &cursor), None);
    }

    #[test]
    fn a_bent_cursor_is_none() {
        let cursors = Cursors::new(b"secret");
        let cursor = cursors.seal("expenses", ANN, Place(7));
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
        fn every_place_is_found_again(list in "[a-z_]{1,20}", user: i64, place: i64) {
            let cursors = Cursors::new(b"secret");
            let cursor = cursors.seal(&list, UserId(user), Place(place));
            prop_assert_eq!(cursors.open(&list, UserId(user), &cursor), Some(Place(place)));
            prop_assert_eq!(cursors.open(&list, UserId(user.wrapping_add(1)), &cursor), None);
        }

        #[test]
        fn no_text_but_a_sealed_one_is_a_cursor(text in prop_oneof!["[A-Za-z0-9_-]{32}", "\\PC{0,40}"]) {
            prop_assert_eq!(Cursors::new(b"secret").open("expenses", ANN, &text), None);
        }
    }
}
