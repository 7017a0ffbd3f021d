//! The addresses in a configuration: of the database, of Redis and of the collector of traces.
#![no_main]

#[expect(
    dead_code,
    unused_imports,
    reason = "only a part of what the program does with its configuration is used here"
)]
#[path = "../../crates/app/src/config/mod.rs"]
mod config;

libfuzzer_sys::fuzz_target!(|text: &str| config::fuzzing::addresses(text));
