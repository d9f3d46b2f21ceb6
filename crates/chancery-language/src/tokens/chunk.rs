//! One stretch without blanks to its tokens.

use chancery_lexicon::tokens::TokenLists;

use super::{mark, number, web, word};

/// A stretch without blanks, with the place in it where the next token starts.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    /// The whole stretch.
    pub(super) chunk: &'a str,
    /// Where the next token starts.
    pub(super) at: usize,
    /// What stands after the stretch, blanks in front left out.
    pub(super) after: &'a str,
    /// The last word before the stretch begins with a capital.
    pub(super) after_capital: bool,
}

impl<'a> At<'a> {
    /// What is left of the stretch.
    pub(super) fn rest(&self) -> &'a str {
        &self.chunk[self.at..]
    }

    /// The character before the next token, within the stretch.
    pub(super) fn before(&self) -> Option<char> {
        self.chunk[..self.at].chars().next_back()
    }

    /// The character after `len` bytes of the rest, within the stretch.
    pub(super) fn past(&self, len: usize) -> Option<char> {
        self.rest()[len..].chars().next()
    }

    /// The first character of the text after the stretch.
    pub(super) fn next_word(&self) -> Option<char> {
        self.after.chars().next()
    }
}

/// Gives the tokens of `text[chunk]` as ranges of `text`. Words after the chunk are looked at up to `end`.
pub(super) fn cut(
    text: &str,
    chunk: (usize, usize),
    end: usize,
    lists: &TokenLists,
    mut give: impl FnMut(usize, usize),
) {
    let words = &text[chunk.0..chunk.1];
    if is_plain(words) && lists.fused(&lower(words)).is_none() {
        return give(chunk.0, chunk.1);
    }
    let after = text[chunk.1..end].trim_start_matches(super::is_blank);
    let mut at = At { chunk: words, at: 0, after, after_capital: follows_capital(&text[..chunk.0]) };
    while at.at < words.len() {
        let len = next(&at, lists);
        give(chunk.0 + at.at, chunk.0 + at.at + len);
        at.at += len;
    }
}

/// Nothing but ASCII letters: no rule but that of fused words can cut it.
fn is_plain(words: &str) -> bool {
    words.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Lower case for a look-up; nothing for words longer than any in the lists.
pub(super) fn lower(words: &str) -> String {
    if words.len() > 16 { String::new() } else { words.to_lowercase() }
}

/// Whether the last word of `text` begins with a capital.
fn follows_capital(text: &str) -> bool {
    let words = text.trim_end_matches(super::is_blank);
    let start = words.char_indices().rev().take(40).take_while(|(_, c)| !super::is_blank(*c)).last();
    start.is_some_and(|(at, _)| words[at..].starts_with(char::is_uppercase))
}

/// Length of the next token; at least one character.
fn next(at: &At<'_>, lists: &TokenLists) -> usize {
    let first = at.rest().chars().next().map_or(1, char::len_utf8);
    let len = web::take(at, lists)
        .or_else(|| number::take(at, lists))
        .or_else(|| word::take(at, lists))
        .unwrap_or_else(|| mark::take(at, lists));
    len.max(first)
}
