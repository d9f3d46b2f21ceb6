//! Markup to tags and stretches of text, in one pass over the bytes and without copying any.
//!
//! It follows the tokenizer of the HTML standard where news pages need it, and is lenient as browsers are: nothing is an error.
//! It knows no nesting; `tree` does.

use memchr::{memchr, memchr2, memmem};

use super::tag::{Key, Tag};

/// One attribute that is kept: its value as a range of the markup.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribute {
    pub(super) key: Key,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// What comes next in the markup. Ranges are bytes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Characters, references not yet decoded.
    Words { start: usize, end: usize },
    /// The content of a script, a style, a title.
    Raw { start: usize, end: usize },
    /// A start tag. Its attributes are those pushed since `attributes`.
    Open { tag: Tag, start: usize, name_end: usize, attributes: usize, closed: bool },
    /// An end tag.
    Close { tag: Tag },
}

/// Reads tokens one after another.
pub(super) struct Lexer<'m> {
    markup: &'m [u8],
    at: usize,
    /// The raw-text element whose content comes next.
    raw: Option<(Tag, usize)>,
    /// Raw-text elements that were found to have no end tag any more: looked for only once each.
    endless: Vec<Tag>,
    /// The attributes of all start tags so far.
    pub(super) attributes: Vec<Attribute>,
}

impl<'m> Lexer<'m> {
    pub(super) fn new(markup: &'m str) -> Self {
        let attributes = Vec::with_capacity(markup.len() / 100);
        Self { markup: markup.as_bytes(), at: 0, raw: None, endless: Vec::new(), attributes }
    }

    /// The next token; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Token> {
        if let Some((tag, name)) = self.raw.take()
            && let Some(token) = self.raw_text(tag, name)
        {
            return Some(token);
        }
        while self.at < self.markup.len() {
            if self.markup[self.at] != b'<' {
                return Some(self.words(self.at));
            }
            match self.markup.get(self.at + 1) {
                Some(b) if b.is_ascii_alphabetic() => return Some(self.open()),
                Some(b'/') if self.markup.get(self.at + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    return Some(self.close());
                }
                Some(b'!') => self.declaration(),
                Some(b'?' | b'/') => self.skip_tag(),
                _ => return Some(self.words(self.at + 1)),
            }
        }
        None
    }

    /// Words from here to the next `<` at or after `from`.
    fn words(&mut self, from: usize) -> Token {
        let start = self.at;
        self.at = memchr(b'<', &self.markup[from..]).map_or(self.markup.len(), |n| from + n);
        Token::Words { start, end: self.at }
    }

    /// To the end of what a `<` opened.
    fn skip_tag(&mut self) {
        let rest = &self.markup[self.at..];
        self.at = memchr(b'>', rest).map_or(self.markup.len(), |n| self.at + n + 1);
    }

    fn skip_past(&mut self, mark: &[u8]) {
        let rest = &self.markup[self.at..];
        self.at = memmem::find(rest, mark).map_or(self.markup.len(), |n| self.at + n + mark.len());
    }

    /// A comment, a doctype, a stretch of character data: nothing to show.
    fn declaration(&mut self) {
        let rest = &self.markup[self.at..];
        if rest.starts_with(b"<!-->") || rest.starts_with(b"<!--->") {
            self.skip_tag();
        } else if rest.starts_with(b"<!--") {
            self.at += 4;
            self.skip_past(b"-->");
        } else if rest.starts_with(b"<![CDATA[") {
            self.skip_past(b"]]>");
        } else {
            self.skip_tag();
        }
    }

    /// The raw content before the end tag of `tag`, whose name begins at `name`; `None` if there is none to give.
    fn raw_text(&mut self, tag: Tag, name: usize) -> Option<Token> {
        if self.endless.contains(&tag) {
            return None;
        }
        let start = self.at;
        let len = self.markup[name..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let word = &self.markup[name..name + len];
        match self.find_end_tag(word) {
            Some(end) => self.at = end,
            // A script that never ends is cut off with the page; a title that never ends is a slip of its author.
            None if matches!(tag, Tag::Script | Tag::Style) => self.at = self.markup.len(),
            None => {
                self.endless.push(tag);
                return None;
            }
        }
        (start < self.at).then_some(Token::Raw { start, end: self.at })
    }

    fn find_end_tag(&self, name: &[u8]) -> Option<usize> {
        let mut from = self.at;
        loop {
            let at = from + memmem::find(&self.markup[from..], b"</")?;
            let after = at + 2 + name.len();
            let found = self.markup.get(at + 2..after)?.eq_ignore_ascii_case(name);
            if found && self.markup.get(after).is_none_or(|b| !b.is_ascii_alphanumeric()) {
                return Some(at);
            }
            from = at + 2;
        }
    }

    fn close(&mut self) -> Token {
        let name = self.at + 2;
        let end = self.name_end(name);
        let tag = Tag::of(&self.markup[name..end]);
        self.at = end;
        self.skip_tag();
        Token::Close { tag }
    }

    fn name_end(&self, start: usize) -> usize {
        let rest = &self.markup[start..];
        start + rest.iter().take_while(|b| !matches!(b, b'>' | b'/') && !b.is_ascii_whitespace()).count()
    }

    fn open(&mut self) -> Token {
        let start = self.at;
        let name_end = self.name_end(start + 1);
        let tag = Tag::of(&self.markup[start + 1..name_end]);
        self.at = name_end;
        let attributes = self.attributes.len();
        let closed = self.read_attributes();
        if tag.is_raw() {
            self.raw = Some((tag, start + 1));
        }
        Token::Open { tag, start, name_end, attributes, closed }
    }

    /// Reads to the end of the tag and past it. Whether it closes itself.
    fn read_attributes(&mut self) -> bool {
        let mut closed = false;
        while let Some(byte) = self.markup.get(self.at) {
            match byte {
                b'>' => {
                    self.at += 1;
                    return closed;
                }
                b'/' => {
                    closed = true;
                    self.at += 1;
                }
                b if b.is_ascii_whitespace() => self.at += 1,
                _ => {
                    closed = false;
                    self.attribute();
                }
            }
        }
        closed
    }

    fn attribute(&mut self) {
        let name = self.at;
        let rest = &self.markup[name + 1..];
        let ends = |b: &&u8| !matches!(b, b'=' | b'>' | b'/') && !b.is_ascii_whitespace();
        self.at = name + 1 + rest.iter().take_while(ends).count();
        let key = Key::of(&self.markup[name..self.at]);
        let after = self.at + self.blanks(self.at);
        let (start, end) = if self.markup.get(after) == Some(&b'=') {
            self.at = after + 1 + self.blanks(after + 1);
            self.value()
        } else {
            (self.at, self.at)
        };
        if let Some(key) = key {
            self.attributes.push(Attribute { key, start: start as u32, end: end as u32 });
        }
    }

    fn blanks(&self, from: usize) -> usize {
        self.markup[from..].iter().take_while(|b| b.is_ascii_whitespace()).count()
    }

    /// The range of the value that begins here.
    fn value(&mut self) -> (usize, usize) {
        let start = self.at;
        if let Some(quote @ (b'"' | b'\'')) = self.markup.get(start).copied() {
            let from = start + 1;
            if let Some(len) = memchr(quote, &self.markup[from..]) {
                self.at = from + len + 1;
                return (from, from + len);
            }
            // A quotation mark that never closes: the tag ends where a tag would.
            let len = memchr2(b'>', b'<', &self.markup[from..]).unwrap_or(self.markup.len() - from);
            self.at = from + len;
            return (from, self.at);
        }
        let rest = &self.markup[start..];
        self.at = start + rest.iter().take_while(|b| **b != b'>' && !b.is_ascii_whitespace()).count();
        (start, self.at)
    }
}
