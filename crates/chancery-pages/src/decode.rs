//! Charsets: the bytes of a page to UTF-8 text, with the way back.

use chancery_model::{Note, NoteCode, Page, PageSpan, PieceKind, SourceMap};

/// A page's characters, and where each stands in its bytes.
pub(crate) struct Decoded {
    /// The characters, as UTF-8.
    pub(crate) text: String,
    /// From `text` to the page's bytes.
    pub(crate) map: SourceMap,
    /// What went wrong on the way.
    pub(crate) notes: Vec<Note>,
}

/// Decodes the page.
pub(crate) fn decode(page: &Page) -> Decoded {
    let mut text = String::with_capacity(page.bytes.len());
    let mut map = SourceMap::default();
    let mut at = 0;
    let mut bad = 0;
    for chunk in page.bytes.utf8_chunks() {
        let valid = chunk.valid();
        text.push_str(valid);
        map.push(valid.len(), PageSpan::new(at, at + valid.len()), PieceKind::Verbatim);
        at += valid.len();
        if !chunk.invalid().is_empty() {
            bad += 1;
            text.push(char::REPLACEMENT_CHARACTER);
            map.push(3, PageSpan::new(at, at + chunk.invalid().len()), PieceKind::Decoded);
            at += chunk.invalid().len();
        }
    }
    let mut notes = Vec::new();
    if bad > 0 {
        let message = format!("{}: {bad} places hold bytes that are no characters of UTF-8", page.origin);
        notes.push(Note::new(NoteCode::BadCharacters, message));
    }
    Decoded { text, map, notes }
}
