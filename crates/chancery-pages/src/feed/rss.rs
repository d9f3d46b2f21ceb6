//! RSS 0.9 to 2.0 and Atom: which element says what.

use std::ops::Range;

use chancery_model::{PageSpan, PieceKind, SourceMap, Span};

use super::item::{Feed, ITEMS, Item, Words};
use super::xml::{self, Event, Reader};
use crate::assemble::Line;
use crate::decode::Decoded;

/// Elements that are open at one time; deeper ones are not told apart.
const DEPTH: usize = 64;

/// Elements that stand in no other's words, so that one which was never closed ends there.
const ENDS: [&str; 8] =
    ["item", "entry", "description", "content:encoded", "pubDate", "guid", "dc:creator", "dc:date"];

/// Reads a feed of XML.
pub(super) fn read(decoded: &Decoded) -> Feed {
    let mut walk =
        Walk { decoded, feed: Feed::default(), open: Vec::new(), item: None, prefix: None, changed: false };
    let mut reader = Reader::new(&decoded.text);
    while let Some(event) = reader.next() {
        match event {
            Event::Open { name, attributes, empty } => walk.open(name, attributes, empty, &mut reader),
            Event::Close { name } => walk.close(name),
            Event::Text(_) | Event::CData(_) => {}
        }
        if walk.feed.too_many {
            break;
        }
    }
    walk.end()
}

/// Where the reader stands.
struct Walk<'m> {
    decoded: &'m Decoded,
    feed: Feed,
    open: Vec<&'m str>,
    item: Option<Item>,
    /// The prefix of the feed's own elements: `atom` in `<atom:feed>`.
    prefix: Option<&'m str>,
    changed: bool,
}

impl<'m> Walk<'m> {
    fn open(&mut self, name: &'m str, attributes: Range<usize>, empty: bool, reader: &mut Reader<'m>) {
        let name = self.local(name);
        let attributes = &self.decoded.text[attributes];
        match name {
            "item" | "entry" => self.begin_item(),
            "link" if empty => self.link_to(attributes),
            _ if empty => {}
            _ if self.is_field(name) => {
                let words = self.words(name, attributes, reader);
                self.field(name, words, attributes);
                return;
            }
            _ => {}
        }
        if !empty && self.open.len() < DEPTH {
            self.open.push(name);
        }
    }

    /// The name without the prefix that the feed gives all its own elements.
    fn local(&mut self, name: &'m str) -> &'m str {
        if self.open.is_empty() && self.prefix.is_none() {
            self.prefix = name.split_once(':').map(|(prefix, _)| prefix).filter(|prefix| *prefix != "rdf");
        }
        match (self.prefix, name.split_once(':')) {
            (Some(own), Some((prefix, local))) if own == prefix => local,
            _ => name,
        }
    }

    fn close(&mut self, name: &'m str) {
        let name = self.local(name);
        if let Some(at) = self.open.iter().rposition(|open| *open == name) {
            self.open.truncate(at);
        }
        if matches!(name, "item" | "entry") {
            self.finish_item();
        }
    }

    fn begin_item(&mut self) {
        self.finish_item();
        self.feed.too_many = self.feed.items.len() >= ITEMS;
        self.item = Some(Item::default());
        self.changed = false;
    }

    fn finish_item(&mut self) {
        if let Some(mut item) = self.item.take() {
            item.changed = self.changed;
            self.feed.items.push(item);
        }
    }

    fn end(mut self) -> Feed {
        self.feed.cut = !self.open.is_empty() && !self.feed.too_many;
        if !self.feed.too_many {
            self.finish_item();
        }
        self.feed
    }

    /// Whether the element is one whose words are taken, where it stands.
    fn is_field(&self, name: &str) -> bool {
        let parent = self.open.last().copied().unwrap_or("");
        let of_item = matches!(parent, "item" | "entry");
        let of_feed = matches!(parent, "channel" | "feed");
        match name {
            "title" => of_item || of_feed,
            "dc:creator" | "author" if of_item || of_feed => {
                name != "author" || !matches!(self.feed_root(), "feed")
            }
            "name" => parent == "author",
            "link" | "guid" | "pubDate" | "dc:date" | "published" | "updated" | "issued" | "modified"
            | "description" | "summary" | "content" | "content:encoded" => of_item,
            _ => false,
        }
    }

    fn feed_root(&self) -> &str {
        self.open.first().copied().unwrap_or("")
    }

    /// A link of Atom, which stands in an attribute.
    fn link_to(&mut self, attributes: &str) {
        let alternate = xml::attribute(attributes, "rel").is_none_or(|rel| rel == "alternate");
        let in_item = matches!(self.open.last(), Some(&("item" | "entry")));
        if let Some(item) = self.item.as_mut().filter(|item| alternate && in_item && item.link.is_none()) {
            item.link = xml::attribute(attributes, "href").map(|href| undo(href).trim().to_owned());
        }
    }

    /// Takes the words of an element up to its end.
    fn words(&mut self, name: &str, attributes: &str, reader: &mut Reader<'m>) -> Words {
        let markup = &self.decoded.text;
        let start = reader.at();
        let mut inner = Inner::default();
        let mut end = start;
        while let Some(event) = reader.next() {
            match event {
                Event::Open { name: other, .. } if ENDS.contains(&self.local(other)) => {
                    reader.rewind(end);
                    break;
                }
                Event::Open { name: other, empty, .. } => inner.open(other, empty),
                Event::Close { name: other } => {
                    let unknown = inner.close(other);
                    let other = self.local(other);
                    if unknown && matches!(other, "item" | "entry" | "channel" | "feed" | "rss" | "rdf:RDF") {
                        reader.rewind(end); // The element was never closed.
                        break;
                    }
                    if unknown && other == name {
                        break;
                    }
                }
                Event::Text(range) => inner.text(markup, range),
                Event::CData(range) => inner.cdata(markup, range),
            }
            end = reader.at();
        }
        let kind = xml::attribute(attributes, "type").unwrap_or("");
        let atom = self.feed_root() == "feed";
        let escaped = kind.contains("html") || (!atom && kind.is_empty());
        inner.words(self.decoded, start..end, escaped)
    }

    fn field(&mut self, name: &str, words: Words, attributes: &str) {
        let text = || words.line.text.trim().to_owned();
        let Some(item) = self.item.as_mut() else {
            match name {
                "title" if self.feed.title.is_none() => self.feed.title = Some(words),
                "name" | "dc:creator" | "author" => self.feed.authors.extend(author(&text())),
                _ => {}
            }
            return;
        };
        match name {
            "title" if item.title.is_none() => item.title = Some(words),
            "link" if text().is_empty() => self.link_to(attributes),
            "link" => item.link = Some(text()),
            "guid" => {
                let address = Some(text()).filter(|t| t.starts_with("http://") || t.starts_with("https://"));
                item.link = item.link.take().or(address);
            }
            "author" | "dc:creator" | "name" => {
                let new = author(&words.text()).filter(|name| !item.authors.contains(name));
                item.authors.extend(new);
            }
            "pubDate" | "published" | "issued" => item.published = Some(plain(words)),
            "dc:date" if item.published.is_none() => item.published = Some(plain(words)),
            "updated" | "modified" => self.changed = true,
            "content" if !is_words(attributes) => {}
            "content" | "content:encoded" => item.content = longer(item.content.take(), words),
            "description" | "summary" => item.summary = longer(item.summary.take(), words),
            _ => {}
        }
    }
}

/// Whether content of Atom is words: it may be a picture in base64, or stand elsewhere.
fn is_words(attributes: &str) -> bool {
    let kind = xml::attribute(attributes, "type").unwrap_or("text");
    kind == "text" || kind.starts_with("text/") || kind.contains("html")
}

/// Dates hold no markup.
fn plain(words: Words) -> Words {
    Words { markup: false, ..words }
}

fn longer(old: Option<Words>, new: Words) -> Option<Words> {
    match old {
        Some(old) if old.line.text.len() >= new.line.text.len() => Some(old),
        _ => Some(new),
    }
}

/// The name in `desk@example.org (The Desk)`, `The Desk <desk@example.org>` or `The Desk`; none in an address alone.
fn author(words: &str) -> Option<String> {
    let name = match (words.split_once('('), words.split_once('<')) {
        _ if !words.contains('@') => words,
        (Some((_, inside)), _) => inside.trim_end().trim_end_matches(')'),
        (_, Some((before, _))) => before,
        _ => return None,
    };
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Text with its references decoded.
fn undo(raw: &str) -> String {
    let mut inner = Inner::default();
    inner.text(raw, 0..raw.len());
    inner.text
}

/// The words inside an element, while they are taken.
#[derive(Default)]
struct Inner {
    text: String,
    map: SourceMap,
    /// Elements open inside: markup that was not escaped.
    depth: Vec<String>,
    elements: bool,
}

impl Inner {
    fn open(&mut self, name: &str, empty: bool) {
        self.elements = true;
        if !empty && self.depth.len() < DEPTH {
            self.depth.push(name.to_owned());
        }
    }

    /// Closes an element inside; true when there is none of this name, so that the outer one is meant.
    fn close(&mut self, name: &str) -> bool {
        match self.depth.iter().rposition(|open| open == name) {
            Some(at) => self.depth.truncate(at),
            None => return true,
        }
        false
    }

    fn cdata(&mut self, markup: &str, range: Range<usize>) {
        self.text.push_str(&markup[range.clone()]);
        self.map.push(range.len(), PageSpan::new(range.start, range.end), PieceKind::Verbatim);
    }

    fn text(&mut self, markup: &str, range: Range<usize>) {
        let mut from = range.start;
        let mut at = from;
        while let Some(found) = memchr::memchr(b'&', &markup.as_bytes()[at..range.end]) {
            let here = at + found;
            at = here + 1;
            if let Some((length, character)) = xml::reference(&markup[here..range.end]) {
                self.cdata(markup, from..here);
                self.text.push(character);
                let page = PageSpan::new(here, here + length);
                self.map.push(character.len_utf8(), page, PieceKind::Decoded);
                from = here + length;
                at = from;
            }
        }
        self.cdata(markup, from..range.end);
    }

    /// The words, where markup inside was escaped (`escaped`) or stands as it is.
    fn words(self, decoded: &Decoded, raw: Range<usize>, escaped: bool) -> Words {
        if self.elements {
            let mut map = SourceMap::default();
            map.append(&decoded.map, Span::new(raw.start, raw.end));
            return Words { line: Line { text: decoded.text[raw].to_owned(), map }, markup: true };
        }
        Words { line: Line { text: self.text, map: decoded.map.then(&self.map) }, markup: escaped }
    }
}
