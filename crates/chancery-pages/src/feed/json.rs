//! JSON Feed: items out of JSON, every string with its place.

use std::ops::Range;

use chancery_model::{PageSpan, PieceKind, SourceMap};

use super::item::{Feed, ITEMS, Item, Words};
use crate::assemble::Line;
use crate::decode::Decoded;

/// Objects and lists inside one another that are followed.
const DEPTH: usize = 64;

/// Reads a JSON Feed.
pub(super) fn read(decoded: &Decoded) -> Feed {
    let mut parser = Parser { text: &decoded.text, at: 0, cut: false };
    let root = parser.value(0);
    let mut feed = Feed { cut: parser.cut, ..Feed::default() };
    feed.title = root.words("title", decoded, false);
    feed.authors = authors(&root, decoded);
    for entry in root.get("items").map_or(&[][..], Value::entries) {
        if feed.items.len() >= ITEMS {
            feed.too_many = true;
            break;
        }
        feed.items.push(item(entry, decoded));
    }
    feed
}

fn item(entry: &Value, decoded: &Decoded) -> Item {
    let text = |name: &str| entry.words(name, decoded, false).map(|w| w.line.text).filter(|t| !t.is_empty());
    let html = entry.words("content_html", decoded, true);
    Item {
        title: entry.words("title", decoded, false),
        link: text("url").or_else(|| text("external_url")),
        authors: authors(entry, decoded),
        published: entry.words("date_published", decoded, false),
        changed: entry.get("date_modified").is_some(),
        content: html.or_else(|| entry.words("content_text", decoded, false)),
        summary: entry.words("summary", decoded, false),
    }
}

/// The names of `authors` (version 1.1) or `author` (version 1).
fn authors(object: &Value, decoded: &Decoded) -> Vec<String> {
    let listed = object.get("authors").map_or(&[][..], Value::entries).iter();
    let names = listed.chain(object.get("author")).filter_map(|a| a.words("name", decoded, false));
    let mut out: Vec<String> = Vec::new();
    for name in names.map(|words| words.line.text.trim().to_owned()) {
        if !name.is_empty() && !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// A value of JSON; numbers and the like are of no interest.
enum Value {
    Object(Vec<(String, Value)>),
    List(Vec<Value>),
    /// What stands between the quotation marks.
    String(Range<usize>),
    Other,
}

impl Value {
    fn get(&self, name: &str) -> Option<&Value> {
        let Value::Object(fields) = self else { return None };
        fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }

    fn entries(&self) -> &[Value] {
        if let Value::List(entries) = self { entries } else { &[] }
    }

    /// The string of a field, escapes undone.
    fn words(&self, name: &str, decoded: &Decoded, markup: bool) -> Option<Words> {
        let Some(Value::String(range)) = self.get(name) else { return None };
        let (text, map) = undo(&decoded.text, range.clone());
        Some(Words { line: Line { text, map: decoded.map.then(&map) }, markup })
    }
}

/// A string with its escapes undone, and the way back to the text.
fn undo(text: &str, range: Range<usize>) -> (String, SourceMap) {
    let mut out = String::new();
    let mut map = SourceMap::default();
    let mut at = range.start;
    while at < range.end {
        let plain = memchr::memchr(b'\\', &text.as_bytes()[at..range.end]).unwrap_or(range.end - at);
        out.push_str(&text[at..at + plain]);
        map.push(plain, PageSpan::new(at, at + plain), PieceKind::Verbatim);
        at += plain;
        if at < range.end {
            // What is no escape stands as it is written.
            let found = escape(&text[at..range.end]);
            let (length, character) = found.unwrap_or((1, '\\'));
            let kind = if found.is_some() { PieceKind::Decoded } else { PieceKind::Verbatim };
            out.push(character);
            map.push(character.len_utf8(), PageSpan::new(at, at + length), kind);
            at += length;
        }
    }
    (out, map)
}

/// The escape that `rest` begins with: its length and character.
fn escape(rest: &str) -> Option<(usize, char)> {
    let character = match rest.as_bytes().get(1)? {
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'u' => return unicode(rest),
        mark @ (b'"' | b'\\' | b'/') => char::from(*mark),
        _ => return None,
    };
    Some((2, character))
}

/// `\u2019`, or a pair of them for a character beyond the first plane. Half a pair is none.
fn unicode(rest: &str) -> Option<(usize, char)> {
    let first = unit(rest)?;
    if let Some(character) = char::from_u32(first) {
        return Some((6, character));
    }
    let low = rest.get(6..).and_then(unit).filter(|low| first < 0xdc00 && (0xdc00..0xe000).contains(low))?;
    let code = 0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00);
    char::from_u32(code).map(|character| (12, character))
}

fn unit(rest: &str) -> Option<u32> {
    let digits = rest.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

/// Reads JSON leniently: what comes before a break is kept.
struct Parser<'t> {
    text: &'t str,
    at: usize,
    cut: bool,
}

impl Parser<'_> {
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
        self.text.as_bytes().get(self.at).copied()
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.peek() {
            Some(b'{' | b'[') if depth >= DEPTH => {
                self.cut = true;
                self.at = self.text.len();
                Value::Other
            }
            Some(b'{') => Value::Object(self.fields(depth)),
            Some(b'[') => Value::List(self.list(depth)),
            Some(b'"') => Value::String(self.string()),
            Some(_) => {
                let rest = &self.text.as_bytes()[self.at..];
                self.at += rest.iter().take_while(|b| !b",]}\"{[:".contains(b)).count();
                Value::Other
            }
            None => {
                self.cut = true;
                Value::Other
            }
        }
    }

    fn fields(&mut self, depth: usize) -> Vec<(String, Value)> {
        let mut out = Vec::new();
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'}' => {
                    self.at += 1;
                    return out;
                }
                b'"' => {
                    let range = self.string();
                    let name = undo(self.text, range).0;
                    if self.peek() == Some(b':') {
                        self.at += 1;
                        out.push((name, self.value(depth + 1)));
                    }
                }
                b']' => return out,
                _ => self.step(),
            }
        }
        self.cut = true;
        out
    }

    fn list(&mut self, depth: usize) -> Vec<Value> {
        let mut out = Vec::new();
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b']' => {
                    self.at += 1;
                    return out;
                }
                b',' | b':' => self.at += 1,
                b'}' => return out,
                _ => out.push(self.value(depth + 1)),
            }
        }
        self.cut = true;
        out
    }

    /// Steps over a character that is out of place.
    fn step(&mut self) {
        self.at += self.text[self.at..].chars().next().map_or(1, char::len_utf8);
    }

    /// The inside of the string that begins here.
    fn string(&mut self) -> Range<usize> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let mut at = start;
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
            at += found;
            if bytes[at] == b'"' {
                self.at = at + 1;
                return start..at;
            }
            // What is escaped may be a longer character; its later bytes are neither mark.
            at += 2;
        }
        self.cut = true;
        self.at = bytes.len();
        start..bytes.len()
    }
}
