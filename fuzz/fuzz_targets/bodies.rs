//! The body of a request: one line with its media type, and behind that what is in it.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(2, |byte| *byte == b'\n');
    if let (Some(media_type), Some(content)) = (parts.next(), parts.next()) {
        http::fuzzing::body(media_type, content);
    }
});
