//! Charsets: the bytes of a page to UTF-8 text, with the way back.
//!
//! The text of a UTF-8 page is its bytes, and the map is one piece. Of any other charset the stretches of ASCII are the same
//! bytes, and every other character is a piece of its own, because it cannot be cut.

mod charset;
mod legacy;
pub(crate) mod mime;

use chancery_model::{MediaKind, Note, NoteCode, Page, PageSpan, PieceKind, SourceMap, Span};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Pieces of one page's map. A page of more characters outside ASCII, in a charset other than UTF-8, is read up to there.
const PIECES: usize = 4 << 20;

/// A page's characters, and where each stands in its bytes.
pub(crate) struct Decoded {
    /// The characters, as UTF-8.
    pub(crate) text: String,
    /// From `text` to the page's bytes.
    pub(crate) map: SourceMap,
    /// What went wrong on the way.
    pub(crate) notes: Vec<Note>,
}

/// Decodes the page; of one saved as a message, the part that is the page.
pub(crate) fn decode(page: &Page) -> Decoded {
    let part = if page.media == MediaKind::Html { mime::html_part(&page.bytes) } else { None };
    part.map_or_else(|| characters(page), |part| of_part(page, part))
}

/// Decodes a part of a message: its characters lead to its bytes, and these to the message.
fn of_part(page: &Page, part: mime::Part) -> Decoded {
    let mut inner = Page::new(part.bytes, page.origin.clone(), page.media, page.known.clone());
    inner.charset = part.charset;
    let mut decoded = characters(&inner);
    for note in &mut decoded.notes {
        note.at = note
            .at
            .and_then(|at| part.map.page_ranges(Span { start: at.start, end: at.end }).first().copied());
    }
    let map = part.map.then(&apart(&decoded.text, &decoded.map));
    Decoded { map, ..decoded }
}

/// The map with a piece for each character outside ASCII: one that was several escapes cannot be cut.
fn apart(text: &str, map: &SourceMap) -> SourceMap {
    let mut out = SourceMap::default();
    for piece in map.pieces() {
        let words = &text[piece.text.range()];
        if piece.kind != PieceKind::Verbatim || words.is_ascii() {
            out.push(piece.text.len(), piece.page, piece.kind);
            continue;
        }
        let mut at = piece.page.start as usize;
        for c in words.chars() {
            let kind = if c.is_ascii() { PieceKind::Verbatim } else { PieceKind::Decoded };
            out.push(c.len_utf8(), PageSpan::new(at, at + c.len_utf8()), kind);
            at += c.len_utf8();
        }
    }
    out
}

/// Decodes the page's own characters.
fn characters(page: &Page) -> Decoded {
    let choice = charset::choose(page);
    let mut out = Output::new(page.bytes.len());
    let bytes = &page.bytes[choice.mark..];
    match choice.encoding {
        _ if let Some(text) = choice.sound => out.verbatim(text, 0),
        e if e == UTF_8 => utf8(bytes, choice.mark, &mut out),
        e if e == UTF_16LE => legacy::utf16(bytes, choice.mark, u16::from_le_bytes, &mut out),
        e if e == UTF_16BE => legacy::utf16(bytes, choice.mark, u16::from_be_bytes, &mut out),
        e if e.is_single_byte() => legacy::single_byte(bytes, choice.mark, e, &mut out),
        e => legacy::multi_byte(bytes, choice.mark, e, &mut out),
    }
    let mut notes: Vec<Note> = choice.note.into_iter().collect();
    notes.extend(out.note_on_characters(page, choice.encoding));
    notes.extend(out.note_on_length(page));
    notes.extend(out.note_on_nul(page));
    Decoded { text: out.text, map: out.map, notes }
}

fn utf8(bytes: &[u8], mark: usize, out: &mut Output) {
    // Finding out that all is sound is several times faster than walking it.
    if let Ok(valid) = std::str::from_utf8(bytes) {
        out.verbatim(valid, mark);
        return;
    }
    let mut at = mark;
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid();
        out.verbatim(valid, at);
        at += valid.len();
        let invalid = chunk.invalid().len();
        if invalid > 0 && !out.replacement(PageSpan::new(at, at + invalid)) {
            return;
        }
        at += invalid;
    }
}

/// The text and its map while they grow.
struct Output {
    text: String,
    map: SourceMap,
    bad: usize,
    first_bad: Option<PageSpan>,
    full_at: Option<usize>,
}

impl Output {
    fn new(bytes: usize) -> Self {
        let text = String::with_capacity(bytes);
        Self { text, map: SourceMap::default(), bad: 0, first_bad: None, full_at: None }
    }

    /// Text that stands at `at` of the page byte for byte.
    fn verbatim(&mut self, text: &str, at: usize) {
        self.text.push_str(text);
        self.map.push(text.len(), PageSpan::new(at, at + text.len()), PieceKind::Verbatim);
    }

    /// Text that these bytes of the page stand for; false when no more can be taken.
    fn decoded(&mut self, text: &str, from: PageSpan) -> bool {
        if self.map.pieces().len() >= PIECES {
            self.full_at = Some(from.start as usize);
            return false;
        }
        self.text.push_str(text);
        self.map.push(text.len(), from, PieceKind::Decoded);
        true
    }

    /// Bytes that stand for nothing.
    fn replacement(&mut self, from: PageSpan) -> bool {
        self.bad += 1;
        self.first_bad.get_or_insert(from);
        self.decoded("\u{fffd}", from)
    }

    fn note_on_characters(&self, page: &Page, encoding: &'static Encoding) -> Option<Note> {
        let first = self.first_bad?;
        let places = if self.bad == 1 { "1 place".to_owned() } else { format!("{} places", self.bad) };
        let message =
            format!("{}: bytes that are no characters of {} in {places}", page.origin, encoding.name());
        let hint = "they are shown as \u{fffd}; fetch the page again if words are lost";
        Some(Note::new(NoteCode::BadCharacters, message).hint(hint).at(first))
    }

    fn note_on_nul(&self, page: &Page) -> Option<Note> {
        let nuls = memchr::memchr_iter(0, self.text.as_bytes()).count();
        let bytes = if nuls == 1 { "a NUL byte".to_owned() } else { format!("{nuls} NUL bytes") };
        let message = format!("{}: {bytes} among its words", page.origin);
        let hint = "words may be missing there; fetch the page again";
        (nuls > 0).then(|| Note::new(NoteCode::BadCharacters, message).hint(hint))
    }

    fn note_on_length(&self, page: &Page) -> Option<Note> {
        let at = self.full_at?;
        let message =
            format!("{}: more than {PIECES} characters outside ASCII; read up to byte {at}", page.origin);
        let at = PageSpan::new(at, page.bytes.len());
        Some(
            Note::new(NoteCode::TooLarge, message)
                .hint("save it as UTF-8, or split it into its stories")
                .at(at),
        )
    }
}

#[cfg(test)]
mod tests;
