//! Paragraphs of a piece of markup.

use chancery_model::{BlockKind, PageSpan, PieceKind, SourceMap};

use super::xml::{Event, Reader};
use crate::assemble::Line;
use crate::html::reference::{self, Place};

const INLINE: [&str; 16] = [
    "a", "abbr", "b", "cite", "em", "font", "i", "img", "q", "s", "small", "span", "strong", "sub", "sup",
    "u",
];

/// The paragraphs of `markup`, whose characters `map` leads to the page.
pub(super) fn fragment(markup: &str, map: &SourceMap) -> Vec<(BlockKind, Line)> {
    let mut out = Vec::new();
    let mut writer = Writer::default();
    let mut reader = Reader::new(markup);
    while let Some(event) = reader.next() {
        match event {
            Event::Text(range) | Event::CData(range) => writer.words(&markup[range.clone()], range.start),
            Event::Open { name, .. } | Event::Close { name } if INLINE.contains(&name) => {}
            _ => writer.flush(map, &mut out),
        }
    }
    writer.flush(map, &mut out);
    out
}

#[derive(Default)]
struct Writer {
    text: String,
    map: SourceMap,
    blank: Option<PageSpan>,
}

impl Writer {
    fn words(&mut self, raw: &str, at: usize) {
        let mut here = 0;
        while let Some(c) = raw[here..].chars().next() {
            let reference = reference::read(&raw[here..], Place::Text).filter(|_| c == '&');
            let length = reference.map_or(c.len_utf8(), |r| r.len);
            let page = PageSpan::new(at + here, at + here + length);
            let shown: String = reference.map_or_else(|| c.to_string(), |r| r.chars().collect());
            here += length;
            if shown.trim().is_empty() {
                self.blank = Some(
                    self.blank
                        .filter(|b| b.end == page.start)
                        .map_or(page, |b| PageSpan { end: page.end, ..b }),
                );
                continue;
            }
            if let Some(blank) = self.blank.take().filter(|_| !self.text.is_empty()) {
                self.text.push(' ');
                self.map.push(1, blank, PieceKind::Space);
            }
            self.text.push_str(&shown);
            let kind = if reference.is_some() { PieceKind::Decoded } else { PieceKind::Verbatim };
            self.map.push(shown.len(), page, kind);
        }
    }

    fn flush(&mut self, under: &SourceMap, out: &mut Vec<(BlockKind, Line)>) {
        let Writer { text, map, .. } = std::mem::take(self);
        if !text.is_empty() {
            out.push((BlockKind::Paragraph, Line { text, map: under.then(&map) }));
        }
    }
}
