//! What a member of a chat sends.
#![no_main]

libfuzzer_sys::fuzz_target!(|frame: &str| api::fuzzing::draft(frame));
