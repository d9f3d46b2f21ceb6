//! What bytes are, told by the bytes.
//!
//! Names and media types lie too often: a PNG is named `.html`, a feed is served as `text/html`. This module knows the
//! marks of formats. It does not parse them: the readers of each kind do.

use std::borrow::Cow;

use chancery_model::MediaKind;
use memchr::memmem;

use super::kinds::{self, What};
use crate::decode::mime;

/// How many bytes at the head of an input are looked at.
pub(super) const WINDOW: usize = 64 << 10;

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A page.
    Page(MediaKind),
    /// No bytes, or white space alone.
    Empty,
    /// Something that is not read.
    Other(What),
}

/// Tells what the whole of an input is.
pub(super) fn recognise(bytes: &[u8]) -> Kind {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(what) = binary(bytes) {
        return Kind::Other(what);
    }
    let words = bytes.trim_ascii_start();
    if words.is_empty() {
        return Kind::Empty;
    }
    let view = view(words);
    let view = view.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if view.is_empty() {
        return Kind::Empty;
    }
    json(view, bytes).or_else(|| mail(view, bytes)).unwrap_or_else(|| markup(view))
}

/// Whether the bytes are a page that is read.
pub(super) fn is_readable(bytes: &[u8]) -> bool {
    matches!(recognise(bytes), Kind::Page(_))
}

/// What an input is whose first bytes are no words.
pub(super) fn binary(head: &[u8]) -> Option<What> {
    let head = &head[..head.len().min(WINDOW)];
    if let Some(what) = kinds::by_magic(head) {
        return Some(what);
    }
    let odd = head.iter().filter(|b| is_odd(**b)).count();
    // Noise holds one odd byte in nine; a broken page a few.
    let most = if head.len() < 256 { head.len() / 4 } else { head.len() / 20 };
    (odd > most && utf16(head).is_none()).then_some(kinds::BINARY)
}

/// Control characters that stand in no text. Escape opens the shifts of ISO-2022-JP.
fn is_odd(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, 8..=13 | 0x1b)) || byte == 0x7f
}

/// The byte order of UTF-16 text, by its mark or by the zeros that every other byte of European text is.
pub(crate) fn utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(encoding_rs::UTF_16LE),
        [0xfe, 0xff, ..] => return Some(encoding_rs::UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(1 << 10) & !1];
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = head.len() / 2;
    let mostly = |many: usize, few: usize| half >= 8 && many * 10 > half * 7 && few * 10 < half;
    match () {
        () if mostly(odd, even) => Some(encoding_rs::UTF_16LE),
        () if mostly(even, odd) => Some(encoding_rs::UTF_16BE),
        () => None,
    }
}

/// The head of the input as text, good enough to see markup in.
fn view(bytes: &[u8]) -> Cow<'_, str> {
    let head = &bytes[..bytes.len().min(WINDOW)];
    match utf16(head) {
        Some(encoding) => encoding.decode(head).0,
        None => String::from_utf8_lossy(head),
    }
}

/// JSON: a feed, or none.
fn json(view: &str, bytes: &[u8]) -> Option<Kind> {
    let inside = view.strip_prefix(['{', '['])?.trim_start();
    let object = view.starts_with('{');
    let begins = |c: char| c == '"' || (!object && (c == '{' || c == '['));
    let closed = inside.starts_with(['}', ']']);
    if !inside.starts_with(begins) && !closed {
        return None;
    }
    let feed = |mark: &[u8]| memmem::find(bytes, mark).is_some();
    if object && (feed(b"jsonfeed.org/version") || feed(b"jsonfeed.org\\/version")) {
        return Some(Kind::Page(MediaKind::JsonFeed));
    }
    Some(Kind::Other(kinds::JSON))
}

/// A message or a page saved as one: headers, then parts.
fn mail(view: &str, bytes: &[u8]) -> Option<Kind> {
    let head = &view[..view.find("\r\n\r\n").or_else(|| view.find("\n\n"))?];
    let first = head.lines().next()?;
    let (name, _) = first.split_once(": ")?;
    let lower = head.to_ascii_lowercase();
    let mail = !name.contains(' ') && lower.contains("mime-version:") && lower.contains("content-type:");
    let page = || match mime::html_part(bytes) {
        Some(_) => Kind::Page(MediaKind::Html),
        None => Kind::Other(kinds::MHTML),
    };
    mail.then(page)
}

/// Markup or words.
fn markup(view: &str) -> Kind {
    let prolog = Prolog::read(view);
    let root = prolog.root.to_ascii_lowercase();
    let local = root.rsplit(':').next().unwrap_or("");
    match local {
        _ if prolog.html => Kind::Page(MediaKind::Html),
        "html" => Kind::Page(MediaKind::Html),
        "rss" | "feed" => Kind::Page(MediaKind::XmlFeed),
        "rdf" if view.contains("purl.org/rss/") || view.contains("my.netscape.com/rdf") => {
            Kind::Page(MediaKind::XmlFeed)
        }
        _ if kinds::HTML_ELEMENTS.contains(&root.as_str()) => Kind::Page(MediaKind::Html),
        _ if prolog.xml && !local.is_empty() => Kind::Other(kinds::xml(local)),
        "svg" | "urlset" | "sitemapindex" | "opml" => Kind::Other(kinds::xml(local)),
        _ if prolog.comment || has_markup(view) => Kind::Page(MediaKind::Html),
        _ => Kind::Page(MediaKind::Text),
    }
}

/// Whether there is markup somewhere in what does not begin with it: a page saved without its head.
fn has_markup(view: &str) -> bool {
    let lower = view.to_ascii_lowercase();
    if ["<!doctype html", "<html", "<body", "</body>", "</html>"].iter().any(|m| lower.contains(m)) {
        return true;
    }
    let closed = [
        "</p>", "</div>", "</li>", "</h1>", "</h2>", "</h3>", "</td>", "</span>", "</a>", "<br>", "<br/>",
        "<br />",
    ];
    closed.iter().map(|m| lower.matches(m).count()).sum::<usize>() >= 3
}

/// What stands before the first element of a document.
#[derive(Default)]
struct Prolog<'a> {
    /// It opens with an XML declaration.
    xml: bool,
    /// Its document type is HTML.
    html: bool,
    /// It opens with a comment.
    comment: bool,
    /// The name of the first element; empty when there is none.
    root: &'a str,
}

impl<'a> Prolog<'a> {
    fn read(view: &'a str) -> Self {
        let mut prolog = Self::default();
        let mut rest = view;
        loop {
            rest = rest.trim_start();
            if let Some(inside) = rest.strip_prefix("<?") {
                prolog.xml |= inside.starts_with("xml ");
                rest = behind(inside, "?>").unwrap_or_else(|| behind(inside, ">").unwrap_or(""));
            } else if let Some(inside) = rest.strip_prefix("<!--") {
                prolog.comment = true;
                rest = behind(inside, "-->").unwrap_or("");
            } else if let Some(inside) = rest.strip_prefix("<!") {
                prolog.html |= is_html_doctype(inside);
                rest = behind_doctype(inside);
            } else {
                prolog.root = rest.strip_prefix('<').map_or("", name);
                return prolog;
            }
        }
    }
}

fn behind<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    text.find(mark).map(|at| &text[at + mark.len()..])
}

fn is_html_doctype(inside: &str) -> bool {
    let word = |at: usize| inside.split_ascii_whitespace().nth(at).unwrap_or("");
    word(0).eq_ignore_ascii_case("doctype") && word(1).trim_end_matches('>').eq_ignore_ascii_case("html")
}

/// Steps over a document type, declarations in brackets included.
fn behind_doctype(inside: &str) -> &str {
    let close = inside.find('>').unwrap_or(inside.len());
    match inside.find('[') {
        Some(open) if open < close => behind(inside, "]").and_then(|rest| behind(rest, ">")).unwrap_or(""),
        _ => inside.get(close + 1..).unwrap_or(""),
    }
}

fn name(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.:".contains(c))).unwrap_or(text.len());
    &text[..end]
}
