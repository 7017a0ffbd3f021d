//! The bytes of a socket: first the size of the pieces in which they arrive, then what is in them.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((piece, bytes)) = bytes.split_first() {
        http::fuzzing::frames(bytes, usize::from(*piece));
    }
});
