//! Where quotation marks open and close.
//!
//! A mark that never closes ends with its sentence, or with its paragraph where the next paragraph opens with a mark again. This module
//! knows marks and paragraphs; who is quoted it does not know.

use chancery_model::TokenRange;

use crate::Text;

/// Words between quotation marks, within one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// The tokens between the marks.
    pub(super) inner: TokenRange,
    /// The same with the marks, where they stand.
    pub(super) outer: TokenRange,
    /// Index of the block.
    pub(super) block: u32,
    /// Whether the closing mark stands, or the next paragraph goes on with a mark of its own.
    pub(super) closed: bool,
}

/// Quotations of an article in text order; nested ones are part of the outer one.
pub(super) struct Quotes {
    list: Vec<Quote>,
}

/// What a mark is to the words around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open(Style),
    Close(Style),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Double,
    Single,
}

/// Tokens of the longest stretch between single marks: beyond, the mark is an apostrophe.
const LONGEST_SINGLE: u32 = 60;
/// Quoted words that are fewer than this and no clause are no speech of their own: titles, terms, scare quotes.
const SHORTEST_SPEECH: usize = 5;

impl Quotes {
    /// Finds them.
    pub(super) fn new(text: &Text<'_>) -> Self {
        let mut list = Vec::new();
        let sentences = &text.doc.sentences;
        let mut first = 0;
        while first < sentences.len() {
            let block = sentences[first].block;
            let last = first + sentences[first..].iter().take_while(|s| s.block == block).count();
            let range =
                TokenRange { start: sentences[first].tokens.start, end: sentences[last - 1].tokens.end };
            let next_opens = sentences.get(last).is_some_and(|s| opens(text, s.tokens.start));
            of_block(text, range, block, next_opens, &mut list);
            first = last;
        }
        Self { list }
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Quote] {
        &self.list
    }

    /// The quotation whose marks or words hold a token.
    pub(super) fn at(&self, token: u32) -> Option<&Quote> {
        let at = self.list.partition_point(|quote| quote.outer.end <= token);
        self.list.get(at).filter(|quote| quote.outer.holds(token))
    }

    /// The quotations that share a token with a range.
    pub(super) fn within(&self, range: TokenRange) -> impl Iterator<Item = &Quote> {
        let first = self.list.partition_point(|quote| quote.outer.end <= range.start);
        self.list[first..].iter().take_while(move |quote| quote.outer.start < range.end)
    }
}

impl Quote {
    /// Whether the words are a stretch of speech, and no term, title or scare quote.
    pub(super) fn is_speech(&self, text: &Text<'_>) -> bool {
        let ends = self.inner.end.checked_sub(1).is_some_and(|last| {
            last >= self.inner.start && matches!(text.word(last), "," | "." | "?" | "!" | "…" | "...")
        });
        self.inner.len() >= SHORTEST_SPEECH || (ends && self.inner.len() >= 2)
    }
}

fn of_block(text: &Text<'_>, range: TokenRange, block: u32, next_opens: bool, list: &mut Vec<Quote>) {
    let mut open: Option<(u32, Style)> = None;
    for at in range.start..range.end {
        let Some(mark) = mark(text, range, at, open.map(|o| o.1)) else { continue };
        match (mark, open) {
            (Mark::Open(style), None) => open = Some((at, style)),
            // A mark that opens again before the first one closed: the first one was left open.
            (Mark::Open(Style::Double), Some((start, Style::Double))) => {
                list.push(unclosed(text, start, at, block));
                open = Some((at, Style::Double));
            }
            (Mark::Open(_), Some(_)) => {}
            (Mark::Close(style), Some((start, own))) if style == own => {
                list.push(quote(start, Some(at), at, block));
                open = None;
            }
            (Mark::Close(_), _) => {}
        }
    }
    if let Some((start, _)) = open {
        let end = if next_opens || start == range.start { range.end } else { sentence_end(text, start) };
        list.push(Quote { closed: next_opens, ..quote(start, None, end, block) });
    }
}

fn quote(start: u32, close: Option<u32>, end: u32, block: u32) -> Quote {
    let inner = TokenRange { start: start + 1, end: end.max(start + 1) };
    let outer = TokenRange { start, end: close.map_or(inner.end, |close| close + 1) };
    Quote { inner, outer, block, closed: close.is_some() }
}

/// A quotation without a closing mark, before another one opens at `next`.
fn unclosed(text: &Text<'_>, start: u32, next: u32, block: u32) -> Quote {
    quote(start, None, sentence_end(text, start).min(next), block)
}

fn sentence_end(text: &Text<'_>, at: u32) -> u32 {
    text.sentence(at).tokens.end
}

/// Whether a token opens a quotation.
fn opens(text: &Text<'_>, at: u32) -> bool {
    let block = text.sentence(at).tokens;
    matches!(mark(text, block, at, None), Some(Mark::Open(_)))
}

fn mark(text: &Text<'_>, block: TokenRange, at: u32, open: Option<Style>) -> Option<Mark> {
    match text.word(at) {
        "“" | "„" | "«" | "``" => Some(Mark::Open(Style::Double)),
        "”" | "»" => Some(Mark::Close(Style::Double)),
        "\"" | "''" => Some(straight(text, block, at, open)),
        "‘" | "`" => single(text, block, at, open),
        "’" | "'" => match open {
            Some(Style::Single) => closes(text, block, at).then_some(Mark::Close(Style::Single)),
            Some(Style::Double) => None,
            None => single(text, block, at, open),
        },
        _ => None,
    }
}

/// A mark that looks the same on both sides: the blanks around it settle which it is, else what is open.
fn straight(text: &Text<'_>, block: TokenRange, at: u32, open: Option<Style>) -> Mark {
    let before = at == block.start || text.token(at - 1).space_after || is_bracket_or_dash(text.word(at - 1));
    let after = at + 1 >= block.end || text.token(at).space_after;
    match (before, after) {
        (true, false) => Mark::Open(Style::Double),
        (false, true) => Mark::Close(Style::Double),
        _ if open == Some(Style::Double) => Mark::Close(Style::Double),
        _ => Mark::Open(Style::Double),
    }
}

fn is_bracket_or_dash(word: &str) -> bool {
    matches!(word, "(" | "[" | "-" | "–" | "—" | "--")
}

/// A single mark opens where a blank stands before it and one that closes is near.
fn single(text: &Text<'_>, block: TokenRange, at: u32, open: Option<Style>) -> Option<Mark> {
    let before = at == block.start || text.token(at - 1).space_after || is_bracket_or_dash(text.word(at - 1));
    if open.is_some() || !before || text.token(at).space_after {
        return None;
    }
    let end = block.end.min(at + LONGEST_SINGLE);
    let closing = (at + 1..end).any(|t| matches!(text.word(t), "’" | "'") && closes(text, block, t));
    closing.then_some(Mark::Open(Style::Single))
}

/// Whether a single mark stands where one closes: no blank before it, and a blank, a stop or the end behind it.
fn closes(text: &Text<'_>, block: TokenRange, at: u32) -> bool {
    let glued = at > block.start && !text.token(at - 1).space_after;
    let free = at + 1 >= block.end
        || text.token(at).space_after
        || matches!(text.word(at + 1), "," | "." | ";" | "?" | "!" | ")");
    glued && free
}
