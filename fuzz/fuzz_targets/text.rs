//! Pages of plain text.
#![no_main]

use chancery_model::MediaKind;

#[path = "../../crates/chancery-pages/tests/it/prove.rs"]
#[allow(dead_code)]
mod prove;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| prove::bytes(bytes, MediaKind::Text, None));
