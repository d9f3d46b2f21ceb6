//! Which charset a page is in: by its mark, the transport, its own word, its bytes.
//!
//! The order is that of the HTML standard (WHATWG, "determining the character encoding"), with one exception that real pages
//! ask for: bytes that are UTF-8 throughout are UTF-8, whatever is said of them. Pages are converted on the way and keep the
//! old label; text of another charset that happens to be valid UTF-8 is not met beyond a few characters.

use chancery_model::{MediaKind, Note, NoteCode, Page};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};

use crate::open::utf16;

/// How far into a page its own word on its charset is looked for.
const HEAD: usize = 16 << 10;
/// How many bytes are looked at to guess a charset that nothing names.
const GUESS: usize = 256 << 10;

const HINT: &str = "if its words are garbled, save the page as UTF-8";

/// What was settled.
pub(super) struct Choice<'p> {
    pub(super) encoding: &'static Encoding,
    /// Length of the byte order mark.
    pub(super) mark: usize,
    /// The page's characters, where all its bytes were found to be UTF-8 on the way.
    pub(super) sound: Option<&'p str>,
    pub(super) note: Option<Note>,
}

impl Choice<'_> {
    fn of(encoding: &'static Encoding) -> Self {
        Self { encoding, mark: 0, sound: None, note: None }
    }
}

/// Settles the charset of the page.
pub(super) fn choose(page: &Page) -> Choice<'_> {
    if let Some((encoding, mark)) = Encoding::for_bom(&page.bytes) {
        return Choice { encoding, mark, ..Choice::of(encoding) };
    }
    let label = page.charset.clone().or_else(|| named(page));
    let sound = std::str::from_utf8(&page.bytes).ok();
    // Nearly every page is UTF-8 and says so, or says nothing: its characters need not be counted.
    let says_utf8 = |label: &String| Encoding::for_label(label.trim().as_bytes()) == Some(UTF_8);
    if sound.is_some() && label.as_ref().is_some_and(says_utf8) {
        return Choice { sound, ..Choice::of(UTF_8) };
    }
    // Where nothing names a charset either, that it can be read settles it.
    let utf8 = match sound {
        Some(text) if label.is_some() => Utf8::of_text(text),
        Some(_) => Utf8::default(),
        None => Utf8::of(&page.bytes),
    };
    let choice = choose_by(page, label, &utf8);
    Choice { sound: sound.filter(|_| choice.encoding == UTF_8), ..choice }
}

/// Weighs what the page is called against what its bytes are.
fn choose_by(page: &Page, label: Option<String>, utf8: &Utf8) -> Choice<'static> {
    let Some(label) = label else { return unnamed(page, utf8) };
    match Encoding::for_label(label.trim().as_bytes()) {
        None => unknown(page, &label, utf8),
        Some(e) if e == REPLACEMENT || e == X_USER_DEFINED => unknown(page, &label, utf8),
        // A page whose label could be read as ASCII is not in UTF-16.
        Some(e) if e == UTF_16LE || e == UTF_16BE => unnamed(page, utf8),
        Some(e) if e == UTF_8 && utf8.is_another_charset() => mislabelled(page, utf8),
        Some(e) if utf8.outweighs(e) => Choice::of(UTF_8),
        Some(e) => Choice::of(e),
    }
}

/// Nothing names the charset.
fn unnamed(page: &Page, utf8: &Utf8) -> Choice<'static> {
    if let Some(encoding) = utf16(&page.bytes) {
        return Choice::of(encoding);
    }
    if !utf8.is_another_charset() {
        return Choice::of(UTF_8);
    }
    let encoding = guess(page);
    let message = format!("{}: names no charset and is not UTF-8; read as {}", page.origin, encoding.name());
    let note = Note::new(NoteCode::UnknownCharset, message).hint(HINT);
    Choice { note: Some(note), ..Choice::of(encoding) }
}

/// The page names a charset that nobody knows.
fn unknown(page: &Page, label: &str, utf8: &Utf8) -> Choice<'static> {
    let mut choice = unnamed(page, utf8);
    let label: String = label.chars().filter(|c| !c.is_control()).take(40).collect();
    let message = format!("{}: unknown charset \"{label}\"; read as {}", page.origin, choice.encoding.name());
    choice.note = Some(Note::new(NoteCode::UnknownCharset, message).hint(HINT));
    choice
}

/// The page says that it is UTF-8 and is not.
fn mislabelled(page: &Page, utf8: &Utf8) -> Choice<'static> {
    let mut choice = unnamed(page, utf8);
    let message =
        format!("{}: says that it is UTF-8 and is not; read as {}", page.origin, choice.encoding.name());
    choice.note = Some(Note::new(NoteCode::BadCharacters, message).hint(HINT));
    choice
}

fn guess(page: &Page) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&page.bytes[..page.bytes.len().min(GUESS)], true);
    detector.guess(None, Utf8Detection::Deny)
}

/// How far bytes are UTF-8.
#[derive(Default)]
struct Utf8 {
    /// Characters of two bytes, and of more.
    two: usize,
    more: usize,
    /// Places that are no characters.
    bad: usize,
}

impl Utf8 {
    fn of(bytes: &[u8]) -> Self {
        let mut found = Self::default();
        for chunk in bytes.utf8_chunks() {
            found.bad += usize::from(!chunk.invalid().is_empty());
            found.count(chunk.valid());
        }
        found
    }

    fn of_text(text: &str) -> Self {
        let mut found = Self::default();
        found.count(text);
        found
    }

    fn count(&mut self, valid: &str) {
        if !valid.is_ascii() {
            self.two += valid.bytes().filter(|b| (0xc2..0xe0).contains(b)).count();
            self.more += valid.bytes().filter(|b| *b >= 0xe0).count();
        }
    }

    /// Whether what is not ASCII is mostly not UTF-8 either.
    fn is_another_charset(&self) -> bool {
        self.bad > self.two + self.more
    }

    /// Whether the bytes bear out UTF-8 better than the charset that is named. The charsets of East Asia have pairs of bytes
    /// that are characters in both.
    fn outweighs(&self, named: &'static Encoding) -> bool {
        let enough = if named.is_single_byte() { self.two + self.more > 0 } else { self.more > self.two };
        self.bad == 0 && enough
    }
}

/// What the page says of itself.
fn named(page: &Page) -> Option<String> {
    let head = &page.bytes[..page.bytes.len().min(HEAD)];
    match page.media {
        MediaKind::Text | MediaKind::JsonFeed => None,
        MediaKind::XmlFeed => in_declaration(head),
        MediaKind::Html => in_declaration(head).or_else(|| in_meta(head)),
    }
}

/// `<?xml version="1.0" encoding="…"?>`
fn in_declaration(head: &[u8]) -> Option<String> {
    let inside = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let inside = &inside[..memchr::memchr(b'>', inside)?];
    value_after(inside, b"encoding")
}

/// `<meta charset="…">`, `<meta http-equiv="Content-Type" content="text/html; charset=…">`, outside comments.
fn in_meta(head: &[u8]) -> Option<String> {
    let mut rest = head;
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = &rest[at..];
        if rest.starts_with(b"<!--") {
            rest = &rest[memchr::memmem::find(rest, b"-->")?..];
        } else if rest.get(1..5).is_some_and(|name| name.eq_ignore_ascii_case(b"meta")) {
            let tag = &rest[..memchr::memchr(b'>', rest).unwrap_or(rest.len())];
            if let Some(label) = value_after(tag, b"charset") {
                return Some(label);
            }
        }
        rest = &rest[1..];
    }
    None
}

/// The value in `name = "value"`, quoted or not.
fn value_after(text: &[u8], name: &[u8]) -> Option<String> {
    let at = text.windows(name.len()).position(|w| w.eq_ignore_ascii_case(name))?;
    let rest = text[at + name.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| b"\"';/> \t\r\n".contains(b)).unwrap_or(rest.len());
    let value = String::from_utf8_lossy(&rest[..end]).into_owned();
    (!value.is_empty()).then_some(value)
}
