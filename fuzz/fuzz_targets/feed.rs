//! Feeds of XML and JSON.
#![no_main]

use chancery_model::MediaKind;

#[path = "../../crates/chancery-pages/tests/it/prove.rs"]
#[allow(dead_code)]
mod prove;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let json = bytes.trim_ascii_start().first() == Some(&b'{');
    prove::bytes(bytes, if json { MediaKind::JsonFeed } else { MediaKind::XmlFeed }, None);
});
