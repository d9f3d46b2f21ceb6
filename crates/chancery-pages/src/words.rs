//! The way back: from ranges of a page's bytes to the words that a cite shows.
//!
//! It knows charsets, character references and escapes, and nothing of how articles were found: it is what proves a cite, so
//! it shares no code with the readers beyond the charset and the table of references.

use chancery_model::{Cite, MediaKind, Page, PageSpan, PieceKind};

use crate::decode::{self, Decoded};
use crate::html::reference::{self, Place};

/// The words at `ranges` of the page, decoded as its format asks, white space folded to single blanks.
///
/// For many cites of one page a [`PageWords`] decodes the page but once.
pub fn words_at(page: &Page, ranges: &[PageSpan]) -> String {
    PageWords::new(page).at(ranges)
}

/// A page decoded once, to cut words from.
pub struct PageWords {
    decoded: Decoded,
    media: MediaKind,
    bytes: usize,
}

/// One way of undoing what a format does to words.
type Undo = fn(&str) -> String;

impl PageWords {
    /// Decodes the page's characters.
    pub fn new(page: &Page) -> Self {
        Self { decoded: decode::decode(page), media: page.media, bytes: page.bytes.len() }
    }

    /// The words at `ranges`; they are set apart by a blank only where the page has one inside a range.
    pub fn at(&self, ranges: &[PageSpan]) -> String {
        let undo = self.layers()[0];
        ranges.iter().map(|range| fold(&undo(&self.raw(*range)))).collect()
    }

    /// Whether the bytes that `cite` names are the words that it shows.
    ///
    /// White space counts as one blank. Where two ranges meet, a blank may be shown that is not on the page: a line break, or
    /// the end of a block.
    pub fn holds(&self, cite: &Cite) -> bool {
        let inside = cite.ranges.iter().all(|r| r.start < r.end && r.end as usize <= self.bytes);
        let raw: Vec<String> = cite.ranges.iter().map(|range| self.raw(*range)).collect();
        let words = fold(&cite.words);
        let layers = self.layers();
        inside && (consume(&raw, words.trim(), &layers[..1]) || consume(&raw, words.trim(), &layers))
    }

    /// What a format can have done to words. Layers cannot be told apart from the bytes of a range alone (a feed's item may
    /// or may not hold markup; a page's words may stand in a script), so each is tried.
    fn layers(&self) -> Vec<Undo> {
        match self.media {
            MediaKind::Text => vec![str::to_owned],
            MediaKind::Html => vec![references, escapes, both, str::to_owned],
            MediaKind::XmlFeed => vec![references, twice, str::to_owned],
            MediaKind::JsonFeed => vec![escapes, both, str::to_owned],
        }
    }

    /// The characters at a range of the page's bytes.
    fn raw(&self, range: PageSpan) -> String {
        let mut out = String::new();
        let pieces = self.decoded.map.pieces();
        let first = pieces.partition_point(|p| p.page.end <= range.start);
        for piece in pieces[first..].iter().take_while(|p| p.page.start < range.end) {
            let (mut start, mut end) = (piece.text.start, piece.text.end);
            if piece.kind == PieceKind::Verbatim {
                start += range.start.saturating_sub(piece.page.start);
                end -= piece.page.end.saturating_sub(range.end);
            }
            out.push_str(self.decoded.text.get(start as usize..end as usize).unwrap_or("\u{fffd}"));
        }
        out
    }
}

/// Whether the ranges, one after another and each undone in one of the ways, spell `words`. Where several ways spell a range, all
/// are followed: `&amp` undone is the head of itself.
fn consume(raw: &[String], words: &str, layers: &[Undo]) -> bool {
    let mut rests = vec![words];
    for range in raw {
        let shown: Vec<String> = layers.iter().map(|undo| fold(&undo(range))).collect();
        let after = |rest| shown.iter().filter_map(move |shown| Some(strip(rest, shown)?.len()));
        let mut lengths: Vec<usize> = rests.iter().copied().flat_map(after).collect();
        lengths.sort_unstable();
        lengths.dedup();
        rests = lengths.into_iter().map(|length| &words[words.len() - length..]).collect();
    }
    rests.iter().any(|rest| rest.trim().is_empty())
}

/// `words` without `shown` at their head. A blank that only `words` have there is passed over; one that `shown` has at its end
/// must follow in `words`, unless they end.
fn strip<'w>(words: &'w str, shown: &str) -> Option<&'w str> {
    if shown.trim().is_empty() {
        return Some(words);
    }
    let after = words.trim_start().strip_prefix(shown.trim())?;
    let blank = !shown.ends_with(' ') || after.is_empty() || after.starts_with(' ');
    blank.then_some(after)
}

/// White space folded to single blanks.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            true if out.ends_with(' ') => {}
            true => out.push(' '),
            false => out.push(c),
        }
    }
    out
}

fn references(text: &str) -> String {
    reference::decode(text, Place::Text)
}

fn twice(text: &str) -> String {
    references(&references(text))
}

fn both(text: &str) -> String {
    references(&escapes(text))
}

/// JSON's escapes undone; what is none stands as it is.
fn escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (shown, length) = escape(rest).unwrap_or(('\\', 1));
        out.push(shown);
        rest = &rest[length..];
    }
    out + rest
}

/// The escape at the head of `text`, and its length: two characters, six, or twelve.
fn escape(text: &str) -> Option<(char, usize)> {
    [2, 6, 12].into_iter().find_map(|length| {
        let one: String = serde_json::from_str(&format!("\"{}\"", text.get(..length)?)).ok()?;
        let mut chars = one.chars();
        chars.next().filter(|_| chars.next().is_none()).map(|shown| (shown, length))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::Known;

    fn check(media: MediaKind, bytes: &[u8], ranges: &[(usize, usize)], words: &str, holds: bool) {
        let page = Page::new(bytes.to_vec(), "test".into(), media, Known::default());
        let ranges: Vec<PageSpan> = ranges.iter().map(|(start, end)| PageSpan::new(*start, *end)).collect();
        let cite = Cite { page: page.id, ranges, words: words.to_owned(), span: None };
        assert_eq!(PageWords::new(&page).holds(&cite), holds, "{words:?} at {:?}", cite.ranges);
    }

    #[test]
    fn words_are_those_of_the_page() {
        let html = b"<p>The  talks &amp;\n<b>terms</b>hip</p>";
        check(MediaKind::Html, html, &[(3, 13)], "The talks", true);
        check(MediaKind::Html, html, &[(3, 14), (14, 19), (19, 20), (23, 28)], "The talks & terms", true);
        check(MediaKind::Html, html, &[(23, 28), (32, 35)], "termship", true);
        check(MediaKind::Html, html, &[(23, 28), (32, 35)], "terms\n\nhip", true);
        check(MediaKind::Html, html, &[(23, 28), (32, 35)], "term ship", false);
        check(MediaKind::Html, html, &[(3, 13)], "The talk", false);
        check(MediaKind::Html, html, &[(3, 6)], "The talks", false);
        check(MediaKind::Html, html, &[(3, 999)], "The talks", false);
        check(MediaKind::Text, b"Tom &amp; Ann", &[(0, 13)], "Tom &amp; Ann", true);
        check(MediaKind::Text, b"Tom &amp; Ann", &[(0, 13)], "Tom & Ann", false);
        check(MediaKind::XmlFeed, b"a &amp;amp; b", &[(0, 2), (2, 11), (11, 13)], "a & b", true);
        check(MediaKind::JsonFeed, br#"say \"yes\" &lt;"#, &[(0, 16)], "say \"yes\" <", true);
        let mixed = b"A &mdash; b &amp;amp; c";
        check(MediaKind::XmlFeed, mixed, &[(0, 12), (12, 17), (17, 23)], "A &mdash; b &amp; c", true);
        check(MediaKind::XmlFeed, mixed, &[(0, 12), (12, 17), (17, 23)], "A &mdash; b &amp;amp c", false);
        check(
            MediaKind::Html,
            br#"<script>"say \u0022yes""#,
            &[(9, 13), (13, 19), (19, 22)],
            "say \"yes",
            true,
        );
        check(MediaKind::Text, b"\xc3\xa9caf\xff", &[(0, 5), (5, 6)], "\u{e9}caf\u{fffd}", true);
    }

    #[test]
    fn words_at_cuts_and_folds() {
        let page = Page::new(b"<p>one \n two</p>".to_vec(), "test".into(), MediaKind::Html, Known::default());
        assert_eq!(words_at(&page, &[PageSpan::new(3, 12)]), "one two");
    }
}
