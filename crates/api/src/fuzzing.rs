//! What holds for whatever strangers send to the readers of this crate.
//!
//! One function per reader panics when it does not hold. The tests call them with what they make up, and libFuzzer, by `scripts/fuzz`, with what it finds.

use crate::ease::{Rows, read_draft};
use chat::Draft;

/// A file of entries. Each row is taken or told to be faulty, and there are no more of them than may be, and one that says so.
pub fn table(file: &[u8], rows_max: u32) {
    let Ok(rows) = Rows::open(file, rows_max) else { return };
    let numbers: Vec<u32> = rows.map(|row| row.map_or_else(|faulty| faulty.number, |row| row.number)).collect();
    assert!(numbers.len() <= usize::try_from(rows_max).unwrap_or(usize::MAX).saturating_add(1), "{numbers:?}");
    assert!(numbers.iter().zip(2..).all(|(number, expected)| *number == expected), "{numbers:?}");
}

/// A frame of a chat. What is taken from it is within its limits.
pub fn draft(frame: &str) {
    let Ok(Draft { text, client_msg_id }) = read_draft(frame) else { return };
    let within = |text: &str, max: usize| {
        assert!((1..=max).contains(&text.chars().count()) && text.trim() == text && !text.contains('\0'), "{text:?}");
    };
    within(text.as_str(), Draft::TEXT_MAX);
    if let Some(id) = client_msg_id {
        within(&id.0, Draft::CLIENT_MSG_ID_MAX);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_261_121), ..ProptestConfig::default() })]

        #[test]
        fn a_draft_is_taken_within_its_limits(
            any in "\\PC{0,40}", text in "[ a\0ñ]{0,3}(a{250,260})?[ ñ]{0,3}", id in "[ a\0]{0,3}(a{60,66})?", kind in "(null|[0-9]|[]]|\"x\")",
        ) {
            draft(&any);
            draft(&serde_json::json!({ "message": text, "client_msg_id": id }).to_string());
            draft(&format!("{{\"message\":{kind},\"client_msg_id\":{kind}}}"));
        }
    }
}
