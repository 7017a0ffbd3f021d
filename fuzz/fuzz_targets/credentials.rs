//! The `Authorization` header, tokens and cursors.
#![no_main]

libfuzzer_sys::fuzz_target!(|line: &[u8]| http::fuzzing::credentials(line));
