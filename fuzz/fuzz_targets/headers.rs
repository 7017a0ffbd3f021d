//! The headers that carry conditions, addresses, keys and traces.
#![no_main]

libfuzzer_sys::fuzz_target!(|line: &[u8]| http::fuzzing::header(line));
