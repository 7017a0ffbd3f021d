//! Files of entries: first how many rows there may be, then the file.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((rows_max, file)) = bytes.split_first() {
        api::fuzzing::table(file, u32::from(*rows_max));
    }
});
