//! Refuses frames that are too large by what their heads announce, before any of it is kept.

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::Stream;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The bytes of a socket, up to the first message that is too large.
///
/// The decoder behind it waits for a frame to be whole
/// before it looks at its size, so without this a client could have any amount of memory filled.
pub struct FrameLimit {
    bytes: Payload,
    max: u64,
    heads: Heads,
    over: bool,
}

impl FrameLimit {
    /// The same bytes, with at most `max` of them in one message.
    pub fn new(bytes: Payload, max: usize) -> Self {
        Self { bytes, max: u64::try_from(max).unwrap_or(u64::MAX), heads: Heads::default(), over: false }
    }
}

impl fmt::Debug for FrameLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrameLimit").field("max", &self.max).field("heads", &self.heads).finish_non_exhaustive()
    }
}

impl Stream for FrameLimit {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.over {
            return Poll::Ready(None);
        }
        let Some(bytes) = ready!(Pin::new(&mut self.bytes).poll_next(context)?) else { return Poll::Ready(None) };
        if self.heads.largest_message(&bytes) > self.max {
            self.over = true;
            return Poll::Ready(Some(Err(PayloadError::Overflow)));
        }
        Poll::Ready(Some(Ok(bytes)))
    }
}

/// Where in its frames a stream of bytes stands.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Heads {
    /// The head of the frame that is beginning, as far as it is there.
    head: Vec<u8>,
    /// How much of the frame behind the last head is still to come.
    rest: u64,
    /// What the frames of the message so far announced together.
    message: u64,
}

impl Heads {
    /// Passes over more bytes; the size of the largest message that a head in them announces or continues.
    pub(crate) fn largest_message(&mut self, mut bytes: &[u8]) -> u64 {
        let mut largest = 0;
        loop {
            let body = usize::try_from(self.rest).unwrap_or(usize::MAX).min(bytes.len());
            self.rest -= u64::try_from(body).unwrap_or(self.rest);
            bytes = bytes.get(body..).unwrap_or_default();
            let Some((byte, later)) = bytes.split_first() else { return largest };
            bytes = later;
            self.head.push(*byte);
            if let Some((opcode, length)) = read_head(&self.head) {
                self.head.clear();
                self.rest = length;
                largest = largest.max(self.size(opcode, length));
            }
        }
    }

    /// How many bytes are kept until the rest of a head is there.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(crate) fn kept_bytes(&self) -> usize {
        self.head.len()
    }

    /// The size of the message that a frame belongs to, as far as it is known.
    fn size(&mut self, opcode: u8, length: u64) -> u64 {
        const CONTINUATION: u8 = 0;
        const TEXT: u8 = 1;
        const BINARY: u8 = 2;
        match opcode {
            CONTINUATION => self.message = self.message.saturating_add(length),
            TEXT | BINARY => self.message = length,
            // A frame that stands for itself, perhaps between those of a message.
            _ => return length,
        }
        self.message
    }
}

/// The opcode and the length of a frame, once its head is whole: RFC 6455, section 5.2.
fn read_head(head: &[u8]) -> Option<(u8, u64)> {
    const MASKED: u8 = 0x80;
    const MASK_BYTES: usize = 4;
    let (&first, rest) = head.split_first()?;
    let (&second, rest) = rest.split_first()?;
    let (length, rest) = match second & !MASKED {
        126 => rest.split_first_chunk::<2>().map(|(length, rest)| (u16::from_be_bytes(*length).into(), rest))?,
        127 => rest.split_first_chunk::<8>().map(|(length, rest)| (u64::from_be_bytes(*length), rest))?,
        length => (length.into(), rest),
    };
    let mask_bytes = if second & MASKED == 0 { 0 } else { MASK_BYTES };
    (rest.len() >= mask_bytes).then_some((first & 0x0f, length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuzzing;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    const MASK: [u8; 4] = [1, 2, 3, 4];

    fn frame(first: u8, length: u16) -> Vec<u8> {
        let mut frame = vec![first, 0xfe];
        frame.extend(length.to_be_bytes());
        frame.extend(MASK);
        frame.extend(vec![0x81; length.into()]);
        frame
    }

    #[test]
    fn heads_are_found_wherever_the_bytes_are_cut() {
        let mut bytes = frame(0x81, 300);
        bytes.extend([0x81, 0x80, 1, 2, 3, 4]);
        bytes.extend(frame(0x82, 200));
        for cut in 0..bytes.len() {
            let (mut heads, (before, after)) = (Heads::default(), bytes.split_at(cut));
            let largest = heads.largest_message(before).max(heads.largest_message(after));
            assert_eq!((largest, heads.message, heads.rest), (300, 200, 0), "cut at {cut}");
        }
    }

    #[test]
    fn the_frames_of_one_message_count_together_and_those_between_them_do_not() {
        let mut heads = Heads::default();
        let bytes = [frame(0x01, 100), frame(0x89, 50), frame(0x00, 100), frame(0x80, 1), frame(0x81, 7)].concat();
        assert_eq!(heads.largest_message(&bytes), 201);
        assert_eq!(heads.message, 7);
    }

    #[test]
    fn a_length_is_believed_before_what_it_announces_is_there() {
        let mut head = vec![0x81, 0xff];
        head.extend(u64::MAX.to_be_bytes());
        head.extend(MASK);
        assert_eq!(Heads::default().largest_message(&head), u64::MAX);
    }

    /// A frame, with its opcode and the length of its body.
    fn frames() -> impl Strategy<Value = (u8, u64, Vec<u8>)> {
        let length = prop_oneof![0_u64..126, 126_u64..400, Just(65_536_u64)];
        (prop::sample::select(vec![0_u8, 1, 2, 8, 9, 10]), length, any::<bool>(), any::<bool>()).prop_map(
            |(opcode, length, last, masked)| {
                let mask = if masked { 0x80 } else { 0 };
                let mut bytes = vec![opcode | if last { 0x80 } else { 0 }];
                match (u8::try_from(length), u16::try_from(length)) {
                    (Ok(short), _) if short < 126 => bytes.push(short | mask),
                    (_, Ok(medium)) => bytes.extend([&[0x7e | mask][..], &medium.to_be_bytes()].concat()),
                    _ => bytes.extend([&[0x7f | mask][..], &length.to_be_bytes()].concat()),
                }
                bytes.extend(if masked { &MASK[..] } else { &[] });
                bytes.extend(vec![0x81; usize::try_from(length).unwrap()]);
                (opcode, length, bytes)
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_261_121), cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn every_message_is_measured_however_its_bytes_arrive(frames in prop::collection::vec(frames(), 1..8), cut in 1_usize..500) {
            let (mut message, mut expected) = (0, 0);
            for (opcode, length, _) in &frames {
                message = match opcode { 0 => message + length, 1 | 2 => *length, _ => message };
                expected = expected.max(if *opcode > 2 { *length } else { message });
            }
            let bytes: Vec<u8> = frames.into_iter().flat_map(|(.., bytes)| bytes).collect();
            let mut heads = Heads::default();
            let largest = bytes.chunks(cut).map(|chunk| heads.largest_message(chunk)).max();
            prop_assert_eq!((largest, heads.message, heads.rest, heads.head.len()), (Some(expected), message, 0, 0));
        }

        #[test]
        fn no_bytes_whatever_are_kept_beyond_one_head(bytes: Vec<u8>, piece in 1_usize..9) {
            fuzzing::frames(&bytes, piece);
        }
    }
}
