//! Where every byte of a text came from: the map from text to the raw page, and the cite made from it.
//!
//! The text of an article is cut together from stretches of the page. Most stretches stand there byte for byte; some were
//! decoded (a character reference, a character of a legacy encoding, a JSON escape), some are a run of white space that a
//! browser shows as one blank, and the breaks between blocks stand nowhere on the page.

use serde::{Deserialize, Serialize};

use crate::{PageId, PageSpan, Span};

/// How the bytes of a piece of text relate to those of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// The same bytes.
    Verbatim,
    /// One unit that had to be decoded: an entity, an escape, a character of another encoding. It cannot be cut.
    Decoded,
    /// A run of white space, shown as one blank. It cannot be cut.
    Space,
    /// Not on the page: the break between two blocks. Its page range is empty.
    Break,
}

/// One stretch of text and the page bytes it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the text.
    pub text: Span,
    /// Bytes of the page.
    pub page: PageSpan,
    /// How the one became the other.
    pub kind: PieceKind,
}

/// The pieces of a text, in text order and without gaps: piece *n + 1* begins where piece *n* ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    pieces: Vec<Piece>,
}

impl SourceMap {
    /// The map of a text that is the page's bytes `page`, unchanged.
    pub fn verbatim(page: PageSpan) -> Self {
        let mut map = Self::default();
        map.push(page.len(), page, PieceKind::Verbatim);
        map
    }

    /// Appends a stretch of `text_len` bytes. Neighbouring verbatim stretches that also touch on the page become one.
    pub fn push(&mut self, text_len: usize, page: PageSpan, kind: PieceKind) {
        if text_len == 0 {
            return;
        }
        let start = self.text_len();
        if let Some(last) = self.pieces.last_mut()
            && last.kind == PieceKind::Verbatim
            && kind == PieceKind::Verbatim
            && last.page.end == page.start
        {
            last.text.end += text_len as u32;
            last.page.end = page.end;
            return;
        }
        self.pieces.push(Piece { text: Span::new(start, start + text_len), page, kind });
    }

    /// Appends what `other` says of `span` of its own text.
    pub fn append(&mut self, other: &SourceMap, span: Span) {
        for piece in other.within(span) {
            self.push(piece.text.len(), piece.page, piece.kind);
        }
    }

    /// Length of the text it covers, in bytes.
    pub fn text_len(&self) -> usize {
        self.pieces.last().map_or(0, |p| p.text.end as usize)
    }

    /// All pieces in text order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The pieces under `span`, verbatim ones cut to it. Pieces that cannot be cut are given whole.
    pub fn within(&self, span: Span) -> impl Iterator<Item = Piece> + '_ {
        let first = self.pieces.partition_point(|p| p.text.end <= span.start);
        self.pieces[first..].iter().take_while(move |p| p.text.start < span.end).map(move |p| p.cut(span))
    }

    /// The page bytes under `span`: touching pieces joined, breaks left out.
    ///
    /// White space touches what stands beside it, so words on two lines are one range. A decoded unit always stands alone:
    /// its bytes are not the words shown, and a reader of the raw page must be able to tell.
    pub fn page_ranges(&self, span: Span) -> Vec<PageSpan> {
        let mut out: Vec<(PageSpan, bool)> = Vec::new();
        for piece in self.within(span).filter(|p| p.kind != PieceKind::Break) {
            let decoded = piece.kind == PieceKind::Decoded;
            match out.last_mut() {
                Some((last, false)) if !decoded && last.end == piece.page.start => last.end = piece.page.end,
                _ => out.push((piece.page, decoded)),
            }
        }
        out.into_iter().map(|(range, _)| range).collect()
    }

    /// The map of a text that was made from this map's text: `outer` tells how the new text came from the old one.
    ///
    /// Used where a page is decoded in layers (charset, then XML, then HTML): every layer maps to the one below, and the
    /// composition maps to the raw page.
    pub fn then(&self, outer: &SourceMap) -> SourceMap {
        let mut map = SourceMap::default();
        for piece in &outer.pieces {
            let under = Span { start: piece.page.start, end: piece.page.end };
            if piece.kind == PieceKind::Verbatim {
                map.append(self, under);
                continue;
            }
            let mut below = self.within(under);
            let page = match below.next() {
                Some(first) => {
                    below.fold(first.page, |all, p| PageSpan { start: all.start, end: p.page.end })
                }
                None => PageSpan::new(0, 0),
            };
            map.push(piece.text.len(), page, piece.kind);
        }
        map
    }
}

impl Piece {
    fn cut(self, span: Span) -> Piece {
        if self.kind != PieceKind::Verbatim {
            return self;
        }
        let start = self.text.start.max(span.start);
        let end = self.text.end.min(span.end);
        let page_start = self.page.start + (start - self.text.start);
        Piece {
            text: Span { start, end },
            page: PageSpan { start: page_start, end: page_start + (end - start) },
            kind: self.kind,
        }
    }
}

/// Words of a page and where exactly they stand on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cite {
    /// The page, by the hash of its bytes.
    pub page: PageId,
    /// The bytes of the page: one range, or several where markup or a decoded unit interrupts the words.
    pub ranges: Vec<PageSpan>,
    /// The words as shown.
    pub words: String,
    /// Where the words stand in the article's text; `None` for words that belong to no article.
    pub span: Option<Span>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_join_and_cuts_follow() {
        let mut map = SourceMap::default();
        map.push(5, PageSpan::new(10, 15), PieceKind::Verbatim);
        map.push(5, PageSpan::new(15, 20), PieceKind::Verbatim);
        map.push(1, PageSpan::new(20, 25), PieceKind::Decoded);
        map.push(1, PageSpan::new(25, 28), PieceKind::Space);
        map.push(4, PageSpan::new(28, 32), PieceKind::Verbatim);
        assert_eq!(map.pieces().len(), 4);
        assert_eq!(map.page_ranges(Span::new(2, 8)), [PageSpan::new(12, 18)]);
        assert_eq!(
            map.page_ranges(Span::new(8, 16)),
            [PageSpan::new(18, 20), PageSpan::new(20, 25), PageSpan::new(25, 32)]
        );
    }

    #[test]
    fn layers_compose() {
        // Page bytes: a & l t ; b; the middle layer shows "a<b"; the outer layer keeps "<b" alone.
        let mut inner = SourceMap::default();
        inner.push(1, PageSpan::new(0, 1), PieceKind::Verbatim);
        inner.push(1, PageSpan::new(1, 5), PieceKind::Decoded);
        inner.push(1, PageSpan::new(5, 6), PieceKind::Verbatim);
        let outer = SourceMap::verbatim(PageSpan::new(1, 3));
        let both = inner.then(&outer);
        assert_eq!(both.page_ranges(Span::new(0, 2)), [PageSpan::new(1, 5), PageSpan::new(5, 6)]);
        assert_eq!(both.text_len(), 2);
    }
}
