//! XML as feeds are written, with the place of everything in the text.
//!
//! It reads tags, text and CDATA; it passes over declarations, comments and instructions. Document types are passed over
//! too, entities with them: only the five of XML and numbers are decoded, so nothing expands. It is lenient: what is not well
//! formed is read as far as it makes sense.

use std::ops::Range;

/// One thing met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Event<'m> {
    /// `<name …>`; `empty` for `<name …/>`.
    Open { name: &'m str, attributes: Range<usize>, empty: bool },
    /// `</name>`
    Close { name: &'m str },
    /// Characters, references not decoded.
    Text(Range<usize>),
    /// What stands between `<![CDATA[` and `]]>`.
    CData(Range<usize>),
}

/// Reads markup from its start.
pub(super) struct Reader<'m> {
    markup: &'m str,
    at: usize,
}

impl<'m> Reader<'m> {
    pub(super) fn new(markup: &'m str) -> Self {
        Self { markup, at: 0 }
    }

    /// Where the next thing begins.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes back to where something began.
    pub(super) fn rewind(&mut self, at: usize) {
        self.at = at;
    }

    /// The next thing; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Event<'m>> {
        loop {
            let rest = &self.markup[self.at..];
            if rest.is_empty() {
                return None;
            }
            if !rest.starts_with('<') {
                return Some(self.text());
            }
            let event = match rest.as_bytes().get(1) {
                Some(b'?') => self.pass_over("?>"),
                Some(b'!') => self.declaration(),
                Some(b'/') => self.close(),
                Some(b) if is_name_start(*b) => Some(self.open()),
                _ => Some(self.text()),
            };
            if event.is_some() {
                return event;
            }
        }
    }

    fn text(&mut self) -> Event<'m> {
        let start = self.at;
        // A lone `<` that opens nothing is text.
        let from = start + usize::from(self.markup.as_bytes()[start] == b'<');
        let length = memchr::memchr(b'<', &self.markup.as_bytes()[from..]);
        self.at = length.map_or(self.markup.len(), |length| from + length);
        Event::Text(start..self.at)
    }

    fn pass_over(&mut self, mark: &str) -> Option<Event<'m>> {
        self.at = self.find(self.at, mark).map_or(self.markup.len(), |at| at + mark.len());
        None
    }

    fn find(&self, from: usize, mark: &str) -> Option<usize> {
        memchr::memmem::find(&self.markup.as_bytes()[from..], mark.as_bytes()).map(|at| from + at)
    }

    fn declaration(&mut self) -> Option<Event<'m>> {
        let rest = &self.markup[self.at..];
        if rest.starts_with("<!--") {
            self.at += 4;
            return self.pass_over("-->");
        }
        if rest.starts_with("<![CDATA[") {
            let start = self.at + "<![CDATA[".len();
            let end = self.find(start, "]]>");
            self.at = end.map_or(self.markup.len(), |end| end + 3);
            return Some(Event::CData(start..end.unwrap_or(self.markup.len())));
        }
        let close = rest.find('>').unwrap_or(rest.len());
        match rest.find('[').filter(|open| *open < close) {
            Some(_) => {
                self.pass_over("]");
                self.pass_over(">")
            }
            None => self.pass_over(">"),
        }
    }

    fn close(&mut self) -> Option<Event<'m>> {
        let name = name(&self.markup[self.at + 2..]);
        self.pass_over(">");
        Some(Event::Close { name })
    }

    fn open(&mut self) -> Event<'m> {
        let name = name(&self.markup[self.at + 1..]);
        let start = self.at + 1 + name.len();
        let end = self.tag_end(start);
        self.at = (end + 1).min(self.markup.len());
        let inside = &self.markup[start..end];
        let empty = inside.ends_with('/');
        Event::Open { name, attributes: start..end - usize::from(empty), empty }
    }

    /// Where the tag's `>` is, quoted ones passed over.
    fn tag_end(&self, start: usize) -> usize {
        let bytes = self.markup.as_bytes();
        let mut at = start;
        while at < bytes.len() && bytes[at] != b'>' {
            if matches!(bytes[at], b'"' | b'\'') {
                match memchr::memchr(bytes[at], &bytes[at + 1..]) {
                    Some(length) => at += length + 1,
                    // A quotation that is never closed: the tag ends at the first mark.
                    None => return memchr::memchr(b'>', &bytes[start..]).map_or(bytes.len(), |l| start + l),
                }
            }
            at += 1;
        }
        at
    }
}

fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn name(rest: &str) -> &str {
    let end = rest.find(|c: char| c.is_whitespace() || "/>=<".contains(c)).unwrap_or(rest.len());
    &rest[..end]
}

/// The value of an attribute, references not decoded.
pub(super) fn attribute<'m>(attributes: &'m str, wanted: &str) -> Option<&'m str> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start();
        let name = name(rest);
        if name.is_empty() {
            // A mark out of place; go on behind it.
            let mut chars = rest.chars();
            chars.next()?;
            rest = chars.as_str();
            continue;
        }
        let behind = rest[name.len()..].trim_start();
        let Some(behind) = behind.strip_prefix('=') else {
            rest = behind;
            continue;
        };
        let (value, behind) = value(behind.trim_start());
        if name == wanted {
            return Some(value);
        }
        rest = behind;
    }
}

fn value(rest: &str) -> (&str, &str) {
    if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let inside = &rest[1..];
        let end = inside.find(quote).unwrap_or(inside.len());
        return (&inside[..end], inside.get(end + 1..).unwrap_or(""));
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    rest.split_at(end)
}

/// The reference that `rest` begins with: the five names of XML, and numbers. Gives its length and character.
pub(super) fn reference(rest: &str) -> Option<(usize, char)> {
    let end = rest.as_bytes().iter().take(12).position(|b| *b == b';')?;
    let name = rest.get(1..end)?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => numbered(name.strip_prefix('#')?)?,
    };
    Some((end + 1, character))
}

fn numbered(digits: &str) -> Option<char> {
    let value = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(value).filter(|c| *c != '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(markup: &str) -> Vec<String> {
        let mut reader = Reader::new(markup);
        std::iter::from_fn(|| reader.next())
            .map(|event| match event {
                Event::Open { name, attributes, empty } => {
                    format!("<{name}|{}{}", &markup[attributes], if empty { "|/" } else { "" })
                }
                Event::Close { name } => format!("/{name}"),
                Event::Text(range) => format!("'{}'", &markup[range]),
                Event::CData(range) => format!("C'{}'", &markup[range]),
            })
            .collect()
    }

    #[test]
    fn markup_is_cut_where_it_stands() {
        let markup = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c>d'>]><!-- x > --><a b='>'>t &amp; u<c/>\
                      <![CDATA[<p>]]></a ><d";
        assert_eq!(shown(markup), ["<a| b='>'", "'t &amp; u'", "<c||/", "C'<p>'", "/a", "<d|"]);
    }

    #[test]
    fn what_is_not_well_formed_is_read_all_the_same() {
        assert_eq!(shown("a < b <"), ["'a '", "'< b '", "'<'"]);
        assert_eq!(shown("<a b='x>y"), ["<a| b='x", "'y'"]);
        assert_eq!(shown("<![CDATA[x"), ["C'x'"]);
        assert_eq!(shown("<!--"), [""; 0]);
        assert_eq!(shown("</"), ["/"]);
    }

    #[test]
    fn attributes_are_found_by_name() {
        let attributes = " rel=\"alternate\" x:href='no' href = 'https://a/?b=c' = y";
        assert_eq!(attribute(attributes, "href"), Some("https://a/?b=c"));
        assert_eq!(attribute(attributes, "rel"), Some("alternate"));
        assert_eq!(attribute(attributes, "type"), None);
        assert_eq!(attribute("a=b c", "a"), Some("b"));
    }

    #[test]
    fn only_the_five_and_numbers_are_references() {
        assert_eq!(reference("&amp;x"), Some((5, '&')));
        assert_eq!(reference("&#8217;"), Some((7, '’')));
        assert_eq!(reference("&#x2019;"), Some((8, '’')));
        for none in ["&lol;", "&nbsp;", "&", "&amp", "&#0;", "&#xd800;", "&#99999999999;", "&é;"] {
            assert_eq!(reference(none), None, "{none}");
        }
    }
}
