//! Archives: the bytes behind the mark of a record, plain or each record packed.
#![no_main]

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

#[path = "../../crates/chancery-pages/tests/it/prove.rs"]
#[allow(dead_code)]
mod prove;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let archive = [b"WARC/1.0\r\n", rest].concat();
    match first % 4 {
        0 => prove::opened(&packed(&archive, *first)),
        _ => prove::opened(&archive),
    }
});

/// Every record a member of its own, one byte of the whole changed.
fn packed(archive: &[u8], seed: u8) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = archive;
    while !rest.is_empty() {
        let end = rest.windows(6).skip(1).position(|w| w == b"\nWARC/").map_or(rest.len(), |at| at + 2);
        let mut member = GzEncoder::new(Vec::new(), Compression::fast());
        let _ = member.write_all(&rest[..end]);
        out.extend(member.finish().unwrap_or_default());
        rest = &rest[end..];
    }
    let at = usize::from(seed) * 37 % out.len();
    if seed > 128 {
        out[at] ^= seed;
    }
    out
}
