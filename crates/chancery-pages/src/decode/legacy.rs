//! Charsets other than UTF-8, character by character, because the way back needs to know which bytes each came from.

use chancery_model::PageSpan;
use encoding_rs::{DecoderResult, Encoding, ISO_2022_JP};

use super::Output;

/// One byte a character: a table of 256.
pub(super) fn single_byte(bytes: &[u8], start: usize, encoding: &'static Encoding, out: &mut Output) {
    let table: Vec<Option<String>> = (0..=255u8).map(|byte| character(encoding, byte)).collect();
    let mut at = 0;
    while at < bytes.len() {
        at += ascii(&bytes[at..], start + at, out);
        let Some(byte) = bytes.get(at) else { return };
        let from = PageSpan::new(start + at, start + at + 1);
        let room = match &table[usize::from(*byte)] {
            Some(text) => out.decoded(text, from),
            None => out.replacement(from),
        };
        if !room {
            return;
        }
        at += 1;
    }
}

fn character(encoding: &'static Encoding, byte: u8) -> Option<String> {
    let bytes = [byte];
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes)?;
    Some(text.into_owned())
}

/// The ASCII that the bytes begin with; gives its length.
fn ascii(bytes: &[u8], at: usize, out: &mut Output) -> usize {
    let length = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(bytes.len());
    let text = std::str::from_utf8(&bytes[..length]).unwrap_or("");
    out.verbatim(text, at);
    length
}

/// UTF-16 in the byte order that `unit` reads.
pub(super) fn utf16(bytes: &[u8], start: usize, unit: fn([u8; 2]) -> u16, out: &mut Output) {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut at = start;
    for character in char::decode_utf16(units) {
        let from = |length: usize| PageSpan::new(at, at + length);
        let (length, room) = match character {
            Ok(c) => {
                let length = 2 * c.len_utf16();
                (length, out.decoded(c.encode_utf8(&mut [0; 4]), from(length)))
            }
            Err(_) => (2, out.replacement(from(2))),
        };
        if !room {
            return;
        }
        at += length;
    }
    if bytes.len() % 2 == 1 {
        out.replacement(PageSpan::new(at, at + 1));
    }
}

/// Several bytes a character: the decoder is fed byte by byte, and what it gives belongs to the bytes since the last.
pub(super) fn multi_byte(bytes: &[u8], start: usize, encoding: &'static Encoding, out: &mut Output) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let shifts = encoding == ISO_2022_JP;
    let mut text = [0; 32];
    let (mut at, mut begin) = (0, 0);
    loop {
        if at == begin && !shifts {
            at += ascii(&bytes[at..], start + at, out);
            begin = at;
        }
        let one = &bytes[at..bytes.len().min(at + 1)];
        let last = at + 1 >= bytes.len();
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(one, &mut text, last);
        at += read;
        let shown = std::str::from_utf8(&text[..written]).unwrap_or("\u{fffd}");
        let room = match result {
            // What the decoder gives before the bad bytes was held back: it stands between them and the last.
            DecoderResult::Malformed(length, behind) => {
                let end = at.saturating_sub(usize::from(behind)).max(begin);
                let bad = end.saturating_sub(usize::from(length)).max(begin);
                let room = emit(bytes, start, begin..bad, shown, out) && replace(start, bad..end, out);
                begin = end;
                room
            }
            _ if written == 0 => true,
            _ => {
                // An escape ends no character: it begins a shift, and what was given stands before it.
                let end = if shifts && one == [0x1b] && at - begin > 1 { at - 1 } else { at };
                let room = emit(bytes, start, begin..end, shown, out);
                begin = end;
                room
            }
        };
        if !room || (last && result == DecoderResult::InputEmpty) {
            return;
        }
    }
}

/// Characters that the bytes in `from` stand for.
fn emit(bytes: &[u8], start: usize, from: std::ops::Range<usize>, shown: &str, out: &mut Output) -> bool {
    if shown.is_empty() {
        return true;
    }
    if shown.as_bytes() == &bytes[from.clone()] {
        out.verbatim(shown, start + from.start);
        return true;
    }
    out.decoded(shown, PageSpan::new(start + from.start, start + from.end))
}

fn replace(start: usize, from: std::ops::Range<usize>, out: &mut Output) -> bool {
    out.replacement(PageSpan::new(start + from.start, start + from.end))
}
