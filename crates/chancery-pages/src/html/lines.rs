//! Text nodes to a line of words that knows its bytes: references decoded, white space folded as a browser folds it.

use chancery_model::{PageSpan, PieceKind, SourceMap};

use super::reference::{self, Place};
use super::tag::Tag;
use super::tree::Tree;
use crate::assemble::Line;

/// The words of text nodes and line breaks, with their place in the markup.
pub(super) fn of_pieces(tree: &Tree<'_>, pieces: impl Iterator<Item = u32>) -> Line {
    let mut writer = Writer::default();
    for piece in pieces {
        let node = &tree.nodes[piece as usize];
        match node.tag {
            Tag::Words => writer.words(tree.words(node), node.start as usize),
            _ => writer.line_break(),
        }
    }
    Line { map: writer.map, text: writer.text }
}

/// The words of a stretch of markup without tags, as of an attribute's value.
pub(super) fn of_range(markup: &str, start: u32, end: u32, under: &SourceMap) -> Line {
    let mut writer = Writer::default();
    writer.words(&markup[start as usize..end as usize], start as usize);
    Line { map: under.then(&writer.map), text: writer.text }
}

/// A blank that is written only when a word follows.
#[derive(Clone, Copy)]
struct Blank {
    start: usize,
    end: usize,
    kind: PieceKind,
}

#[derive(Default)]
struct Writer {
    text: String,
    map: SourceMap,
    blank: Option<Blank>,
}

impl Writer {
    /// Adds raw words that stand at byte `at` of the markup.
    fn words(&mut self, raw: &str, at: usize) {
        let mut verbatim = 0;
        let mut here = 0;
        while let Some(unit) = unit(&raw[here..]) {
            let (skip, len, what) = unit;
            here += skip;
            if verbatim < here {
                self.verbatim(&raw[verbatim..here], at + verbatim);
            }
            match what {
                What::Blank(kind) => self.widen(at + here, at + here + len, kind),
                What::Nothing => {}
                What::Reference(reference) => {
                    self.write_blank();
                    let before = self.text.len();
                    self.text.extend(reference.chars());
                    let page = PageSpan::new(at + here, at + here + len);
                    self.map.push(self.text.len() - before, page, PieceKind::Decoded);
                }
            }
            here += len;
            verbatim = here;
        }
        if verbatim < raw.len() {
            self.verbatim(&raw[verbatim..], at + verbatim);
        }
    }

    /// A line break shows as a blank that stands nowhere on the page, unless white space beside it gives one.
    fn line_break(&mut self) {
        let blank = Blank { start: 0, end: 0, kind: PieceKind::Break };
        self.blank.get_or_insert(blank);
    }

    /// Takes white space into the blank that is due.
    fn widen(&mut self, start: usize, end: usize, kind: PieceKind) {
        match &mut self.blank {
            Some(blank) if blank.kind == PieceKind::Break => *blank = Blank { start, end, kind },
            Some(blank) if blank.end == start => {
                blank.end = end;
                if kind == PieceKind::Decoded {
                    blank.kind = kind;
                } else if blank.kind == PieceKind::Verbatim {
                    blank.kind = PieceKind::Space;
                }
            }
            Some(_) => {}
            None => self.blank = Some(Blank { start, end, kind }),
        }
    }

    fn write_blank(&mut self) {
        if let Some(blank) = self.blank.take()
            && !self.text.is_empty()
        {
            self.text.push(' ');
            self.map.push(1, PageSpan::new(blank.start, blank.end), blank.kind);
        }
    }

    fn verbatim(&mut self, words: &str, at: usize) {
        self.write_blank();
        self.text.push_str(words);
        self.map.push(words.len(), PageSpan::new(at, at + words.len()), PieceKind::Verbatim);
    }
}

enum What {
    /// White space; `Verbatim` if it is exactly one blank.
    Blank(PieceKind),
    /// Characters that show nothing: soft hyphens, marks of width zero.
    Nothing,
    /// A reference to something to be seen.
    Reference(reference::Reference),
}

/// The next thing that is not shown as it stands: how far away, how long, what.
fn unit(raw: &str) -> Option<(usize, usize, What)> {
    let bytes = raw.as_bytes();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|b| is_special(*b))?;
        if let Some((len, what)) = special(&raw[at..], bytes[at], at > 0) {
            return Some((at, len, what));
        }
        at += 1;
    }
}

/// Whether a byte can begin something that is not shown as it stands. Of the longer characters: U+00A0 and U+00AD, the
/// blanks and marks of U+2000 to U+206F, U+3000, U+FEFF.
fn is_special(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | 0x0C | b'&' | 0 | 0xC2 | 0xE2 | 0xE3 | 0xEF)
}

fn special(raw: &str, first: u8, after_words: bool) -> Option<(usize, What)> {
    if first == b'&' {
        let reference = reference::read(raw, Place::Text)?;
        let shown = reference.chars().next()?;
        let what = match () {
            () if shown.is_whitespace() => What::Blank(PieceKind::Decoded),
            () if is_unseen(shown) => What::Nothing,
            () => What::Reference(reference),
        };
        return Some((reference.len, what));
    }
    let c = raw.chars().next()?;
    if c.is_whitespace() {
        let len = raw.find(|c: char| !c.is_whitespace()).unwrap_or(raw.len());
        // One blank between words is by far the commonest case, and stays part of the stretch around it.
        if after_words && first == b' ' && len == 1 && raw.len() > 1 && !is_special(raw.as_bytes()[1]) {
            return None;
        }
        let kind = if &raw[..len] == " " { PieceKind::Verbatim } else { PieceKind::Space };
        return Some((len, What::Blank(kind)));
    }
    is_unseen(c).then(|| (c.len_utf8(), What::Nothing))
}

/// Characters that show nothing and join nothing.
fn is_unseen(c: char) -> bool {
    matches!(c, '\0' | '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
}
