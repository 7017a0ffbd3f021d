//! The values of fields: amounts, dates, times, references, addresses.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| http::fuzzing::value(text));
