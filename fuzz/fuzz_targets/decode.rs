//! Charsets: the first byte says which one the transport names.
#![no_main]

use chancery_model::MediaKind;

#[path = "../../crates/chancery-pages/tests/it/prove.rs"]
#[allow(dead_code)]
mod prove;

const LABELS: [Option<&str>; 18] = [
    None, Some("utf-8"), Some("windows-1252"), Some("windows-1251"), Some("koi8-u"), Some("gbk"), Some("gb18030"),
    Some("big5"), Some("shift_jis"), Some("euc-jp"), Some("iso-2022-jp"), Some("euc-kr"), Some("utf-16le"),
    Some("utf-16be"), Some("iso-8859-8-i"), Some("macintosh"), Some("no-such"), Some("windows-1255"),
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    prove::bytes(rest, MediaKind::Text, LABELS[usize::from(*first) % LABELS.len()]);
});
