#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| mingzhu_fuzz::asset(data));
