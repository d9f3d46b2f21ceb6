//! Words and marks with their exact places, in the conventions of the English treebanks of Universal Dependencies (EWT, GUM).
//!
//! The text is cut at blanks, and what stands between two blanks is cut further by rules: addresses of the web, numbers, words
//! with their clitics, marks. A token is always a stretch of the text, never a rewritten word. Hyphens split compounds
//! ("two|-|state") but not prefixes ("anti-war"): EWT and GUM do the same there, so one policy serves both.
//!
//! This module knows no sentences, no tags and no grammar.

mod chunk;
mod mark;
mod number;
mod web;
mod word;

use chancery_lexicon::tokens::TokenLists;
use chancery_model::Span;

/// A token has at most this many bytes; a longer one is given in pieces.
pub const MAX_TOKEN_BYTES: usize = 4096;

/// A token of a text and whether white space follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the text, on `char` boundaries.
    pub span: Span,
    /// Whether white space, or the end of the text, follows.
    pub space_after: bool,
}

/// The tokens of `text[within]`, in order, without overlaps; together they cover every character that is not blank.
pub fn tokenize(text: &str, within: Span) -> Vec<Piece> {
    let lists = TokenLists::built_in();
    let mut out = Vec::with_capacity(within.len() / 5);
    for chunk in chunks(text, within) {
        chunk::cut(text, chunk, within.end as usize, lists, |start, end| {
            out.push(Piece { span: Span::new(start, end), space_after: false });
        });
    }
    mark_spaces(&mut out, within);
    out
}

/// Whether a character stands between tokens: white space, control characters, marks of direction, zero-width blanks.
pub fn is_blank(c: char) -> bool {
    if c.is_ascii() {
        return c <= ' ' || c == '\u{7f}';
    }
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// The longest stretches without a blank, those past the limit in pieces.
fn chunks(text: &str, within: Span) -> impl Iterator<Item = (usize, usize)> + '_ {
    let end = within.end as usize;
    let mut at = within.start as usize;
    std::iter::from_fn(move || {
        let rest = &text[at..end];
        let start = at + rest.find(|c: char| !is_blank(c))?;
        // No further than a token can reach, so that a text without blanks is not searched to its end for every piece.
        let reach = text[..end].floor_char_boundary(start + MAX_TOKEN_BYTES);
        let rest = &text[start..reach.max(start)];
        at = start + rest.find(is_blank).unwrap_or(rest.len());
        Some((start, at))
    })
}

fn mark_spaces(pieces: &mut [Piece], within: Span) {
    for i in 0..pieces.len() {
        let next = pieces.get(i + 1).map(|p| p.span.start);
        let end = pieces[i].span.end;
        pieces[i].space_after = next.map_or(end <= within.end, |next| next > end);
    }
}

#[cfg(test)]
mod tests;
