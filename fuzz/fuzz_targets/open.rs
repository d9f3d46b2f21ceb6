//! Any bytes as an input.
#![no_main]

#[path = "../../crates/chancery-pages/tests/it/prove.rs"]
#[allow(dead_code)]
mod prove;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| prove::opened(bytes));
